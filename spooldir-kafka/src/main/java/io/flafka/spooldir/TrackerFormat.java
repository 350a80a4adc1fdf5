package io.flafka.spooldir;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.zip.CRC32;

/**
 * A tracker's form on disk, version 1: lines of ASCII, each a key, a blank and a value, in this
 * order.
 *
 * <pre>
 * flafka-tracker 1
 * stream 0b6c9f8e-6f0d-4f43-9a53-4f2b1c1f7a10
 * file 2013/access%20log
 * inode 1835021
 * size 104857600
 * modified 2013-09-15T22:59:53.123456789Z
 * state reading
 * offset 52428800
 * crc32 a0c7fe8e
 * </pre>
 *
 * <p>{@code file} is the path below the spooling directory, percent-encoded byte by byte as in a
 * URI, so that any name survives; {@code state} is {@code reading} or {@code finished}; {@code
 * offset} is the number of bytes that the channels have accepted; {@code crc32} covers all bytes
 * before its line.
 */
record TrackerFormat(Path spoolDir) {
  private static final String VERSION = "flafka-tracker 1\n";
  private static final String CRC = "crc32 ";

  byte[] encode(Tracker tracker) {
    String text =
        VERSION
            + ("stream " + tracker.stream() + "\n")
            + ("file " + below(tracker.file()) + "\n")
            + ("inode " + tracker.identity().inode() + "\n")
            + ("size " + tracker.identity().size() + "\n")
            + ("modified " + tracker.identity().modified().toInstant() + "\n")
            + ("state " + (tracker.finished() ? "finished" : "reading") + "\n")
            + ("offset " + tracker.offset() + "\n");
    return (text + CRC + checksum(text) + "\n").getBytes(US_ASCII);
  }

  /**
   * Reads a tracker back.
   *
   * @throws IllegalArgumentException if that is not what {@link #encode} wrote; the message says in
   *     what way
   */
  Tracker decode(byte[] content) {
    String text = new String(content, US_ASCII);
    if (!text.startsWith(VERSION)) {
      throw new IllegalArgumentException(
          "it does not start with '" + VERSION.strip() + "', so another version wrote it");
    }
    int end = text.lastIndexOf(CRC);
    if (end < 0 || !text.substring(end).equals(CRC + checksum(text.substring(0, end)) + "\n")) {
      throw new IllegalArgumentException("it is torn: its checksum is missing or wrong");
    }
    return parse(text.substring(0, end).split("\n", -1));
  }

  private Tracker parse(String[] lines) {
    try {
      return new Tracker(
          value(lines, 1, "stream"),
          Path.of(URI.create(base() + value(lines, 2, "file"))),
          new FileIdentity(
              Long.parseLong(value(lines, 3, "inode")),
              Long.parseLong(value(lines, 4, "size")),
              FileTime.from(Instant.parse(value(lines, 5, "modified")))),
          Long.parseLong(value(lines, 7, "offset")),
          value(lines, 6, "state").equals("finished"));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static String value(String[] lines, int index, String key) {
    if (index >= lines.length || !lines[index].startsWith(key + " ")) {
      throw new IllegalArgumentException("line " + (index + 1) + " is not its " + key);
    }
    return lines[index].substring(key.length() + 1);
  }

  /** Cut off as text: as a URI of its own, a name like {@code a:b} would begin with a scheme. */
  private String below(Path file) {
    return file.toUri().toString().substring(base().length());
  }

  /**
   * A directory's URI ends in a slash, but Path.toUri gives one only while the directory exists.
   */
  private String base() {
    String uri = spoolDir.toUri().toString();
    return uri.endsWith("/") ? uri : uri + "/";
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(US_ASCII));
    return String.format("%08x", crc.getValue());
  }
}
