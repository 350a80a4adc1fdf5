package io.flafka.hdfs.exactlyonce;

import io.flafka.delivery.Position;
import io.flafka.delivery.PositionedEvent;
import io.flafka.delivery.Span;
import io.flafka.hdfs.bucket.Bucket;
import io.flafka.hdfs.cargo.RollReason;
import io.flafka.hdfs.file.BucketFile;
import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.file.RollPolicy;
import io.flafka.hdfs.format.EventWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written, and then waits for its final name. Once a call has failed it is of no
 * use.
 *
 * <p>For one thread at a time.
 */
final class StagedFile {
  private final Bucket bucket;
  private final Path staged;
  private final Path published;
  private final FileOutput output;
  private final EventWriter writer;
  private final long opened;
  private final Map<String, Reach> reaches = new HashMap<>();
  private String lastStream = "";
  private Reach lastReach = new Reach(0);
  private long events;
  private boolean written;
  private long lastWritten;

  /** Between the first event and the last one that came from a stream. */
  private static final class Reach {
    private final long from;
    private long to;

    Reach(long from) {
      this.from = from;
    }
  }

  /**
   * A file that was just created.
   *
   * @param now in milliseconds since the epoch
   */
  StagedFile(
      Bucket bucket, Path staged, Path published, FileOutput output, EventWriter writer, long now) {
    this.bucket = bucket;
    this.staged = staged;
    this.published = published;
    this.output = output;
    this.writer = writer;
    this.opened = now;
    this.lastWritten = now;
  }

  void append(PositionedEvent event) throws IOException {
    try {
      writer.append(event);
    } catch (IOException | RuntimeException e) {
      throw failed("write to", e);
    }
    reach(event.position());
    events++;
    written = true;
  }

  /** Notes the time, if anything was written since it did so last. */
  void stepEnded(long now) {
    if (written) {
      lastWritten = now;
      written = false;
    }
  }

  // The names are the same object for most of the time.
  @SuppressWarnings("ReferenceEquality")
  private void reach(Position position) {
    if (position.stream() != lastStream) {
      lastStream = position.stream();
      lastReach = reaches.computeIfAbsent(lastStream, unseen -> new Reach(position.offset() - 1));
    }
    lastReach.to = position.offset();
  }

  /**
   * Writes what the format still has to say: {@link #landed} is final then, and nothing may be
   * appended any more.
   */
  void finish() throws IOException {
    try {
      writer.finish();
    } catch (IOException | RuntimeException e) {
      throw failed("finish", e);
    }
  }

  /**
   * Closes the finished file. If it returns, all of it is in the file system, which says so itself.
   *
   * @throws IOException if that is not known; the file is of no use then
   */
  void close(HdfsClient hdfs) throws IOException {
    try {
      try (output) {
        output.makeDurable();
      }
      long length = hdfs.length(staged);
      if (length != output.position()) {
        throw new IOException(
            "it was closed with " + length + " bytes instead of " + output.position());
      }
    } catch (IOException | RuntimeException e) {
      throw failed("close", e);
    }
  }

  /** Gives back what an unfinished file holds. What is in it doesn't matter any more. */
  void abandon() {
    try {
      output.close();
    } catch (IOException | RuntimeException e) {
      return; // It is deleted.
    }
  }

  private IOException failed(String action, Exception cause) {
    return new IOException(
        "can't "
            + action
            + " "
            + staged
            + ", of which "
            + published
            + " was to become ("
            + BucketFile.reason(cause)
            + ")",
        cause);
  }

  /** Why the file takes no more; null if it does. */
  @Nullable RollReason full(RollPolicy policy) {
    return policy.full(output.position() + writer.pending(), events);
  }

  /** Why the file's time is over; null if it isn't. */
  @Nullable RollReason over(RollPolicy policy, long now) {
    return policy.over(opened, lastWritten, bucket.end(), now);
  }

  Bucket bucket() {
    return bucket;
  }

  Path staged() {
    return staged;
  }

  long bytes() {
    return output.position();
  }

  /** As a manifest has it. */
  Manifest.Landed landed() {
    Map<String, Span> spans = new HashMap<>();
    reaches.forEach((stream, reach) -> spans.put(stream, new Span(reach.from, reach.to)));
    return new Manifest.Landed(
        staged.toString(), published.toString(), output.position(), events, spans);
  }

  @Override
  public String toString() {
    return staged.toString();
  }
}
