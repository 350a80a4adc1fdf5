package io.flafka.spooldir;

import io.flafka.spooldir.find.Discovery;
import io.flafka.spooldir.read.ReadWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flume.instrumentation.SourceCounter;
import org.jspecify.annotations.Nullable;

/** The counters of a spooling directory's source. For any thread. */
public final class SpoolDirSourceStats extends SourceCounter
    implements SpoolDirSourceStatsMBean, ReadWatch {
  /** So that what JMX shows stays readable. */
  private static final int MOST_SHOWN = 100;

  private final LongAdder done = new LongAdder();
  private final LongAdder quarantined = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder overlong = new LongAdder();
  private final LongAdder malformed = new LongAdder();
  private final Map<Path, FileInProgress> inProgress = new ConcurrentSkipListMap<>();
  private volatile @Nullable Discovery discovery;

  /**
   * Makes the counters, all zero.
   *
   * @param source the source's name
   */
  public SpoolDirSourceStats(String source) {
    super(source);
  }

  @Override
  public void start() {
    for (LongAdder counter : List.of(done, quarantined, refused, bytes, overlong, malformed)) {
      counter.reset();
    }
    super.start();
  }

  /** Shows what waits; null when nothing is read any more. */
  void watch(@Nullable Discovery found) {
    discovery = found;
    inProgress.clear();
  }

  void begun(FileInProgress file) {
    inProgress.put(file.path(), file);
  }

  void advanced(long more) {
    bytes.add(more);
  }

  void ended(FileInProgress file) {
    inProgress.remove(file.path());
  }

  void done() {
    done.increment();
  }

  void quarantined() {
    quarantined.increment();
  }

  void refused() {
    refused.increment();
  }

  @Override
  public void overlong() {
    overlong.increment();
  }

  @Override
  public void malformed() {
    malformed.increment();
  }

  @Override
  public long getFilesWaiting() {
    Discovery found = discovery;
    return found == null ? 0 : found.size();
  }

  @Override
  public long getFilesInProgress() {
    return inProgress.size();
  }

  @Override
  public long getFilesDone() {
    return done.sum();
  }

  @Override
  public long getFilesQuarantined() {
    return quarantined.sum();
  }

  @Override
  public long getEventsQuarantined() {
    return refused.sum();
  }

  @Override
  public long getBytesRead() {
    return bytes.sum();
  }

  @Override
  public long getOverlongLines() {
    return overlong.sum();
  }

  @Override
  public long getMalformedLines() {
    return malformed.sum();
  }

  @Override
  public String getProgress() {
    return show(file -> file.percent() + "%");
  }

  @Override
  public String getSecondsSinceLastEvent() {
    long now = System.nanoTime();
    return show(file -> Long.toString(TimeUnit.NANOSECONDS.toSeconds(now - file.lastEvent())));
  }

  private String show(Function<FileInProgress, String> value) {
    return inProgress.values().stream()
        .limit(MOST_SHOWN)
        .map(file -> file.path().getFileName() + "=" + value.apply(file))
        .collect(Collectors.joining(", "));
  }
}
