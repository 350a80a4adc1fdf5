package io.flafka.hdfs.exactlyonce;

import io.flafka.delivery.PositionedEvent;
import io.flafka.hdfs.bucket.Bucket;
import io.flafka.hdfs.cargo.HdfsSinkCounter;
import io.flafka.hdfs.cargo.RollReason;
import io.flafka.hdfs.file.Crew;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.file.RollPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * All that was taken since the last roll: one open file for each bucket. It is closed as a whole,
 * and published or dropped as a whole. For one thread.
 */
final class Shipment {
  private final HdfsClient hdfs;
  private final Staging staging;
  private final Crew crew;
  private final HdfsSinkCounter counter;
  private final Map<Bucket, StagedFile> files = new HashMap<>();
  private @Nullable StagedFile last;
  private long events;
  private RollReason reason = RollReason.HANDOVER;
  private boolean committed;

  Shipment(HdfsClient hdfs, Staging staging, Crew crew, HdfsSinkCounter counter) {
    this.hdfs = hdfs;
    this.staging = staging;
    this.crew = crew;
    this.counter = counter;
  }

  /**
   * Writes an event.
   *
   * @return the file that it is in now
   * @throws IOException if that failed; then the whole shipment must be dropped
   */
  StagedFile add(Bucket bucket, PositionedEvent event) throws IOException {
    StagedFile file = file(bucket);
    file.append(event);
    events++;
    return file;
  }

  /**
   * No file is idle for as long as the step takes that writes to it, were it busy with others.
   *
   * @param now in milliseconds since the epoch
   */
  void stepEnded(long now) {
    files.values().forEach(file -> file.stepEnded(now));
  }

  // Mostly it is the very same bucket; if it is another object, the map finds out.
  @SuppressWarnings("ReferenceEquality")
  private StagedFile file(Bucket bucket) throws IOException {
    StagedFile file = last;
    if (file == null || file.bucket() != bucket) {
      file = files.get(bucket);
      if (file == null) {
        file = open(bucket);
      }
      last = file;
    }
    return file;
  }

  private StagedFile open(Bucket bucket) throws IOException {
    if (files.isEmpty()) {
      staging.begin();
    }
    StagedFile file = staging.open(bucket);
    files.put(bucket, file);
    return file;
  }

  boolean isEmpty() {
    return events == 0;
  }

  long events() {
    return events;
  }

  /** The channel has committed what is in here, and will not give it again. */
  void committed() {
    committed = true;
  }

  /** How many events come again if the channel's transaction is rolled back. */
  long uncommitted() {
    return committed ? 0 : events;
  }

  int openFiles() {
    return files.size();
  }

  long bytes() {
    return files.values().stream().mapToLong(StagedFile::bytes).sum();
  }

  /** Why the time of one of the files is over; null if none's is. */
  @Nullable RollReason over(RollPolicy policy, long now) {
    for (StagedFile file : files.values()) {
      RollReason reason = file.over(policy, now);
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  /** Says why it is about to be closed. */
  void ending(RollReason why) {
    reason = why;
  }

  /** Why it was closed; if nobody said so, the channel wanted it. */
  RollReason reason() {
    return reason;
  }

  /**
   * Finishes all files, all at a time; nothing may be added any more.
   *
   * @return what they are when they are closed
   * @throws IOException if that failed; then the whole shipment must be dropped
   */
  List<Manifest.Landed> finish() throws IOException {
    Crew.throwFirst(crew.apply(files.values(), StagedFile::finish));
    return files.values().stream().map(StagedFile::landed).toList();
  }

  /**
   * Closes all files, all at a time, and does something else meanwhile.
   *
   * @throws IOException if one of them can't be relied on, or the other thing failed; then the
   *     whole shipment must be dropped
   */
  void close(Step beside) throws IOException {
    long start = System.nanoTime();
    AtomicInteger closed = new AtomicInteger();
    List<Step> steps = new ArrayList<>(List.of(beside));
    for (StagedFile file : files.values()) {
      steps.add(
          () -> {
            file.close(hdfs);
            closed.incrementAndGet();
          });
    }
    List<IOException> failures = crew.apply(steps, Step::run);
    counter.closed(closed.get(), files.size() - closed.get(), System.nanoTime() - start);
    Crew.throwFirst(failures);
  }

  /** Waits for the file system. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /** Forgets all files, which are published. */
  void clear() {
    files.clear();
    last = null;
    events = 0;
    committed = false;
    reason = RollReason.HANDOVER;
  }

  /** Lets all files go; they are still there, to be deleted. */
  List<Path> drop() {
    List<StagedFile> dropped = new ArrayList<>(files.values());
    clear();
    crew.apply(dropped, StagedFile::abandon);
    return dropped.stream().map(StagedFile::staged).toList();
  }
}
