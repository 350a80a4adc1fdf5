package io.flafka.spooldir.track;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flafka.spooldir.disk.FileHead;
import io.flafka.spooldir.disk.FileIdentity;
import java.net.URI;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The trackers' form on disk, version 2: lines of ASCII, one for each tracker between a head and a
 * checksum. A tracker's line has nine words.
 *
 * <pre>
 * flafka-trackers 2
 * 0b6c9f8e-6f0d-4f43-9a53-4f2b1c1f7a10 reading 52428800 LINE 1835021 104857600 2013-09-15T22:59:53.123456789Z 16:5f3a9c1e,64:d2f44aa 2013/access%20log
 * crc32 a0c7fe8e
 *
 * stream    a UUID
 * state     reading or finished
 * offset    how much the channels have accepted, as the format counts
 * format    LINE: bytes. LINE/decompressed: bytes of what the file decompresses to. Others, such
 *           as AVRO, count events
 * inode     of the file; 0 where the file system has no such numbers
 * size      of the file, bytes
 * modified  the file's last change
 * head      checksums of its first bytes, as FileHead writes them
 * file      its path below the spooling directory, percent-encoded byte by byte as in a URI, so
 *           that any name survives
 * </pre>
 *
 * <p>Version 1 had no {@code head}; it is read, too.
 *
 * <p>{@code crc32} covers all bytes before its line.
 */
record TrackerFormat(Path spoolDir) {
  private static final String HEAD = "flafka-trackers 2\n";
  private static final String HEAD_1 = "flafka-trackers 1\n";
  private static final String CRC = "crc32 ";
  private static final int WORDS = 9;

  /** A tracker with its file's {@link #name}. */
  record Entry(String name, Tracker tracker) {}

  /** How a file is named in its line. That asks the file system, so it is not for every write. */
  String name(Path file) {
    // Cut off as text: as a URI of its own, a name like a:b would begin with a scheme.
    return file.toUri().toString().substring(base().length());
  }

  /**
   * Writes trackers.
   *
   * @param entries the trackers with their names
   */
  byte[] encode(Collection<Entry> entries) {
    StringBuilder text = new StringBuilder(HEAD);
    for (Entry entry : entries) {
      Tracker tracker = entry.tracker();
      text.append(tracker.stream())
          .append(tracker.finished() ? " finished " : " reading ")
          .append(tracker.offset())
          .append(' ')
          .append(tracker.format())
          .append(' ')
          .append(tracker.identity().inode())
          .append(' ')
          .append(tracker.identity().size())
          .append(' ')
          .append(tracker.identity().modified().toInstant())
          .append(' ')
          .append(tracker.head())
          .append(' ')
          .append(entry.name())
          .append('\n');
    }
    return (text + CRC + checksum(text.toString()) + "\n").getBytes(US_ASCII);
  }

  /**
   * Reads the trackers back.
   *
   * @throws IllegalArgumentException if that is not what {@link #encode} wrote; the message says in
   *     what way
   */
  List<Tracker> decode(byte[] content) {
    String text = new String(content, US_ASCII);
    boolean isHeadless = text.startsWith(HEAD_1);
    if (!isHeadless && !text.startsWith(HEAD)) {
      throw new IllegalArgumentException(
          "it does not start with '" + HEAD.strip() + "', so another version wrote it");
    }
    int end = text.lastIndexOf(CRC);
    if (end < 0 || !text.substring(end).equals(CRC + checksum(text.substring(0, end)) + "\n")) {
      throw new IllegalArgumentException("it is torn: its checksum is missing or wrong");
    }
    List<Tracker> trackers = new ArrayList<>();
    for (String line : text.substring(HEAD.length(), end).lines().toList()) {
      trackers.add(parse(isHeadless ? withHead(line) : line));
    }
    return trackers;
  }

  /** A line of version 1 as one of this version. */
  private static String withHead(String line) {
    int name = line.lastIndexOf(' ') + 1;
    return line.substring(0, name) + FileHead.UNKNOWN + " " + line.substring(name);
  }

  private Tracker parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != WORDS) {
      throw new IllegalArgumentException("it has a line of other than " + WORDS + " words");
    }
    try {
      return new Tracker(
          words[0],
          Path.of(URI.create(base() + words[8])),
          new FileIdentity(
              Long.parseLong(words[4]),
              Long.parseLong(words[5]),
              FileTime.from(Instant.parse(words[6]))),
          FileHead.parse(words[7]),
          words[3],
          Long.parseLong(words[2]),
          words[1].equals("finished"));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
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
