package io.flafka.hdfs.file;

import io.flafka.hdfs.bucket.Bucket;
import io.flafka.hdfs.cargo.RollReason;
import io.flafka.hdfs.format.EventWriter;
import java.io.IOException;
import org.apache.flume.Event;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file while it is written, and until it has its final name.
 *
 * <p>It knows how many of its events the channel has given up (<i>committed</i>) and how many it
 * may yet deliver again. Once a call has failed the file is <i>broken</i>: nothing more is written
 * to it, and a later {@link #close} that returns says nothing (Hadoop's may do so without closing
 * the file), so that only the NameNode can tell whether it is closed.
 *
 * <p>For one thread at a time.
 */
public final class BucketFile {
  private final Bucket bucket;
  private final FileNames.Names names;
  private final FileOutput output;
  private final EventWriter writer;
  private final long opened;

  private long events;
  private long committed;
  private long lastWritten;
  private boolean ended;
  private boolean broken;

  /**
   * A file that was just created.
   *
   * @param now in milliseconds since the epoch
   */
  public BucketFile(
      Bucket bucket, FileNames.Names names, FileOutput output, EventWriter writer, long now) {
    this.bucket = bucket;
    this.names = names;
    this.output = output;
    this.writer = writer;
    this.opened = now;
    this.lastWritten = now;
  }

  public void append(Event event, long now) throws IOException {
    try {
      writer.append(event);
    } catch (IOException | RuntimeException e) {
      throw broke("write to", e);
    }
    events++;
    lastWritten = now;
  }

  /** Makes everything that was appended durable, unless {@link #close} has done so. */
  public void flush() throws IOException {
    if (ended) {
      return;
    }
    try {
      writer.flush();
      output.makeDurable();
    } catch (IOException | RuntimeException e) {
      throw broke("flush", e);
    }
  }

  /**
   * Makes everything durable and ends the file; a second call does nothing.
   *
   * @throws IOException if that failed, and then the file is broken
   */
  public void close() throws IOException {
    if (ended) {
      return;
    }
    ended = true;
    try (output) {
      writer.finish();
      // A close that returns is no proof that all arrived; this is.
      if (hasUncommitted()) {
        output.makeDurable();
      }
    } catch (IOException | RuntimeException e) {
      throw broke("close", e);
    }
  }

  /** Notes that the channel has given up all events in here. */
  public void commit() {
    committed = events;
  }

  private IOException broke(String action, Exception cause) {
    broken = true;
    return new IOException(
        "can't " + action + " " + names.inUse() + " (" + reason(cause) + ")", cause);
  }

  /** The first line of what Hadoop says: behind it there often is a remote stack trace. */
  public static String reason(Throwable cause) {
    return cause.toString().lines().findFirst().orElse("");
  }

  public boolean hasUncommitted() {
    return events > committed;
  }

  public boolean hasCommitted() {
    return committed > 0;
  }

  public boolean isEnded() {
    return ended;
  }

  public boolean isBroken() {
    return broken;
  }

  /** Why the file takes no more; null if it does. */
  public @Nullable RollReason full(RollPolicy policy) {
    return policy.full(output.position() + writer.pending(), events);
  }

  /** Why the file's time is over; null if it isn't. */
  public @Nullable RollReason over(RollPolicy policy, long now) {
    return policy.over(opened, lastWritten, bucket.end(), now);
  }

  public Bucket bucket() {
    return bucket;
  }

  public FileNames.Names names() {
    return names;
  }

  public Path inUse() {
    return names.inUse();
  }

  public Path published() {
    return names.published();
  }

  public long events() {
    return events;
  }

  public long bytes() {
    return output.position();
  }

  @Override
  public String toString() {
    return names.inUse().toString();
  }
}
