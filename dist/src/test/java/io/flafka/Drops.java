package io.flafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flafka.chaos.step.Form;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Files that were dropped into spooling directories, to be compared with what came of them.
 *
 * <p>A line says which file it is of and which of its lines it is, and all its bytes follow from
 * that. For any thread.
 */
final class Drops {
  private static final String TAIL =
      "10.223.157.186 - 4712 [15/Sep/2013:23:59:53 +0100] \"GET /KBDOC-00031.html HTTP/1.0\" 200"
          + " 1388 \"http://www.loudacre.com\"  \"Loudacre CSR Browser\"";

  /** Where the time stands in it. */
  private static final int STAMP = TAIL.indexOf('[');

  private final Path staging;
  private final Map<String, Integer> lines = new HashMap<>();
  private int empty;

  /** How that which came differs from that which was dropped. */
  record Differences(long lost, long doubled, long misplaced, long foreign) {
    static final Differences NONE = new Differences(0, 0, 0, 0);
  }

  /**
   * @param staging on the same file system as the spooling directories
   */
  Drops(Path staging) throws IOException {
    this.staging = Files.createDirectories(staging);
  }

  /**
   * Writes a file elsewhere and moves it to where it is wanted.
   *
   * @param count how many lines are to come of it; of an empty file comes an empty one
   */
  synchronized void drop(Path file, Form form, int count) throws IOException {
    String name = "f" + (lines.size() + empty);
    Path unfinished = staging.resolve(name);
    write(unfinished, name, form, count);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    if (count == 0) {
      empty++;
    } else {
      lines.put(name, count);
    }
  }

  private static void write(Path file, String name, Form form, int count) throws IOException {
    StringBuilder content = new StringBuilder();
    for (int number = 0; number < count; number++) {
      content.append(line(name, number)).append('\n');
    }
    if (form == Form.UNENDED) {
      content.setLength(content.length() - 1);
    }
    byte[] bytes = content.toString().getBytes(US_ASCII);
    if (form == Form.PLAIN || form == Form.UNENDED) {
      Files.write(file, bytes);
    } else {
      compress(file, bytes, form == Form.TORN_GZIP);
    }
  }

  private static void compress(Path file, byte[] content, boolean torn) throws IOException {
    long whole;
    try (OutputStream out = Files.newOutputStream(file);
        GZIPOutputStream zip = new GZIPOutputStream(out, 1 << 16, true)) {
      zip.write(content);
      zip.flush();
      whole = Files.size(file);
      if (torn) {
        zip.write("half a li".getBytes(US_ASCII));
      }
    }
    if (torn) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(whole);
      }
    }
  }

  private static String line(String name, int number) {
    return name + ' ' + number + ' ' + TAIL.substring(number % STAMP);
  }

  /** How many events are to come. */
  synchronized long events() {
    return empty + lines.values().stream().mapToLong(count -> count).sum();
  }

  /** How many files were dropped. */
  synchronized int files() {
    return empty + lines.size();
  }

  /**
   * Compares.
   *
   * @param came the lines as they came; each file's in its order, or they are misplaced
   */
  synchronized Differences compare(Stream<String> came) {
    Map<String, Progress> files = new HashMap<>();
    lines.forEach((name, count) -> files.put(name, new Progress(name, count)));
    long empties = 0;
    long foreign = 0;
    for (Iterator<String> each = came.iterator(); each.hasNext(); ) {
      String line = each.next();
      Progress file = files.get(line.substring(0, Math.max(0, line.indexOf(' '))));
      if (line.isEmpty()) {
        empties++;
      } else if (file == null || !file.takes(line)) {
        foreign++;
      }
    }
    List<Progress> all = List.copyOf(files.values());
    return new Differences(
        Math.max(0, empty - empties) + all.stream().mapToLong(Progress::lost).sum(),
        Math.max(0, empties - empty) + all.stream().mapToLong(file -> file.doubled).sum(),
        all.stream().mapToLong(file -> file.misplaced).sum(),
        foreign);
  }

  /** What came of one file so far. */
  private static final class Progress {
    private final String name;
    private final int count;
    private final BitSet seen = new BitSet();
    private int last = -1;
    private long doubled;
    private long misplaced;

    Progress(String name, int count) {
      this.name = name;
      this.count = count;
    }

    /** Whether the line is one of the file's. */
    boolean takes(String line) {
      int begin = name.length() + 1;
      int end = line.indexOf(' ', begin);
      if (end <= begin || !line.substring(begin, end).chars().allMatch(Character::isDigit)) {
        return false;
      }
      int number = Integer.parseInt(line.substring(begin, end));
      if (number >= count || !line.equals(line(name, number))) {
        return false;
      }
      if (seen.get(number)) {
        doubled++;
      } else if (number < last) {
        misplaced++;
      }
      seen.set(number);
      last = number;
      return true;
    }

    long lost() {
      return (long) count - seen.cardinality();
    }
  }
}
