package io.flafka.spooldir.track;

import io.flafka.spooldir.disk.FileHead;
import io.flafka.spooldir.disk.FileIdentity;
import java.nio.file.Path;
import java.util.UUID;

/**
 * How far the channels have accepted one instance of a file.
 *
 * @param stream names the instance, whatever becomes of the file's name
 * @param identity of the instance; a file of another identity has nothing to do with this tracker
 * @param head how the instance begins, by which it is told from another one in its inode
 * @param format names what the offset counts; it is a word
 * @param offset where the last accepted event ends, as the format counts
 * @param finished whether everything was accepted, so that only the retirement is left. The offset
 *     alone can't say so: the one event of an empty file ends at 0
 */
public record Tracker(
    String stream,
    Path file,
    FileIdentity identity,
    FileHead head,
    String format,
    long offset,
    boolean finished) {

  /** Checks that it makes sense. */
  public Tracker {
    if (offset < 0) {
      throw new IllegalArgumentException("offset " + offset + " of " + file);
    }
    if (format.isEmpty() || format.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException("format '" + format + "' of " + file);
    }
  }

  /** The tracker of an instance of which nothing was accepted yet. */
  public static Tracker first(Path file, FileIdentity identity, FileHead head, String format) {
    return new Tracker(UUID.randomUUID().toString(), file, identity, head, format, 0, false);
  }

  /** The same instance, farther on. */
  public Tracker at(long accepted) {
    return new Tracker(stream, file, identity, head, format, accepted, finished);
  }

  /** How much was accepted, for messages: {@code bytes [0, 512)}. */
  public String delivered() {
    return unit() + " [0, " + offset + ")";
  }

  /** What the offset counts, for messages. */
  public String unit() {
    if (countsBytesOfFile()) {
      return "bytes";
    }
    return countsDecompressedBytes() ? "decompressed bytes" : "events";
  }

  /** Whether the offset counts bytes as they lie on the disk. */
  public boolean countsBytesOfFile() {
    return format.equals("LINE");
  }

  /** Whether the offset counts bytes of what the file decompresses to. */
  public boolean countsDecompressedBytes() {
    return format.equals("LINE/decompressed");
  }

  /** The same instance, all of it accepted. */
  public Tracker finish() {
    return new Tracker(stream, file, identity, head, format, offset, true);
  }
}
