package io.flafka.spooldir.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * How a file begins: checksums of its first bytes, up to 4096. A file system gives the inode of a
 * file that was deleted to the next one, so that a new file of the same name may have the number of
 * the one before it; its first lines tell it from that one, changed. Immutable.
 */
public final class FileHead {
  /** Of a file of which nothing is known. */
  public static final FileHead UNKNOWN = new FileHead(new TreeMap<>());

  private static final String NONE = "-";
  private static final int MOST = 4096;

  /** Several, since the next file may be shorter. */
  private static final int[] LENGTHS = {16, 64, 256, 1024, MOST};

  /** How many bytes, and their CRC-32. */
  private final NavigableMap<Integer, Long> sums;

  private FileHead(NavigableMap<Integer, Long> sums) {
    this.sums = sums;
  }

  /**
   * Reads it.
   *
   * @throws IOException if the file can't be read
   */
  public static FileHead of(Path file) throws IOException {
    byte[] bytes = read(file);
    NavigableMap<Integer, Long> sums = new TreeMap<>();
    CRC32 crc = new CRC32();
    int summed = 0;
    for (int length : LENGTHS) {
      int end = Math.min(length, bytes.length);
      if (end > summed) {
        crc.update(bytes, summed, end - summed);
        sums.put(end, crc.getValue());
        summed = end;
      }
    }
    return new FileHead(sums);
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MOST);
    }
  }

  /**
   * Whether a file begins so, as far as both go; also true where that can't be told, since this one
   * is unknown, or the file is too short or can't be read, which whoever reads it will say.
   */
  public boolean isOf(Path file) {
    byte[] bytes;
    try {
      bytes = read(file);
    } catch (IOException e) {
      return true;
    }
    Map.Entry<Integer, Long> longest = sums.floorEntry(bytes.length);
    if (longest == null) {
      return true;
    }
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, longest.getKey());
    return crc.getValue() == longest.getValue();
  }

  /**
   * Reads back what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static FileHead parse(String text) {
    NavigableMap<Integer, Long> sums = new TreeMap<>();
    if (!text.equals(NONE)) {
      for (String sum : text.split(",", -1)) {
        int colon = sum.indexOf(':');
        sums.put(
            Integer.parseInt(sum.substring(0, colon)),
            Long.parseLong(sum.substring(colon + 1), 16));
      }
    }
    return new FileHead(sums);
  }

  /** As {@code 16:5f3a9c1e,41:0d2f44aa}; {@code -} if nothing is known. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(",");
    text.setEmptyValue(NONE);
    sums.forEach((length, sum) -> text.add(length + ":" + Long.toHexString(sum)));
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileHead head && head.sums.equals(sums);
  }

  @Override
  public int hashCode() {
    return sums.hashCode();
  }
}
