package io.flafka.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * All lines of a run, by the file that they were dropped in and their number in it, and which of
 * them have been seen. A line follows from these two, so that a bit is enough for each.
 *
 * <p>They are lines of access logs in the combined format, and those of each file are spread over
 * all hours of a day. For any thread.
 */
final class LineBook {
  private static final OffsetDateTime MIDNIGHT =
      OffsetDateTime.of(2013, 9, 15, 0, 0, 0, 0, ZoneOffset.UTC);
  private static final int SECONDS = 24 * 60 * 60;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** What stands before a line's file and number, and behind them. */
  private static final String PATH = "\"GET /f";

  private static final String[] STAMPS = stamps();

  private final List<Page> pages = new ArrayList<>();
  private long written;
  private long seen;
  private long doubled;
  private long foreign;

  /** A file's lines. */
  private static final class Page {
    private final int lines;
    private final BitSet seen = new BitSet();

    Page(int lines) {
      this.lines = lines;
    }
  }

  private static String[] stamps() {
    String[] stamps = new String[SECONDS];
    for (int second = 0; second < SECONDS; second++) {
      stamps[second] = STAMP.format(Instant.from(MIDNIGHT.plusSeconds(second)));
    }
    return stamps;
  }

  /** Writes a file of so many lines; none of them is in the book if that fails. */
  void write(Path file, int lines) throws IOException {
    int page = open(lines);
    try (BufferedWriter out = Files.newBufferedWriter(file, US_ASCII)) {
      for (int number = 0; number < lines; number++) {
        out.write(line(page, number));
        out.write('\n');
      }
    } catch (IOException e) {
      withdraw(page);
      throw e;
    }
  }

  private synchronized int open(int lines) {
    pages.add(new Page(lines));
    written += lines;
    return pages.size() - 1;
  }

  private synchronized void withdraw(int page) {
    written -= pages.set(page, new Page(0)).lines;
  }

  private static String line(int page, int number) {
    int mixed = (page * 31 + number) * 0x9E3779B9;
    int second = Math.floorMod(mixed, SECONDS);
    return (mixed >>> 25)
        + ".12.0."
        + (number & 127)
        + " - "
        + (mixed >>> 16)
        + " ["
        + STAMPS[second]
        + "] "
        + PATH
        + page
        + "/"
        + number
        + ".html HTTP/1.0\" 200 "
        + (mixed >>> 18)
        + " \"http://www.loudacre.com\"  \"Loudacre Mobile Browser Titanic 2400\"";
  }

  /**
   * Sees the lines of a stream.
   *
   * @return how many they are
   */
  synchronized long see(InputStream stream) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(stream, US_ASCII));
    long count = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      see(line);
      count++;
    }
    return count;
  }

  private void see(String line) {
    int page = line.indexOf(PATH) + PATH.length();
    int number = line.indexOf('/', page) + 1;
    int end = line.indexOf('.', number);
    if (page < PATH.length() || number == 0 || end < 0 || !see(line, page, number, end)) {
      foreign++;
    }
  }

  private boolean see(String line, int begin, int middle, int end) {
    try {
      int page = Integer.parseInt(line, begin, middle - 1, 10);
      int number = Integer.parseInt(line, middle, end, 10);
      if (page >= pages.size() || number >= pages.get(page).lines) {
        return false;
      }
      if (!line.equals(line(page, number))) {
        return false;
      }
      BitSet of = pages.get(page).seen;
      doubled += of.get(number) ? 1 : 0;
      seen += of.get(number) ? 0 : 1;
      of.set(number);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** How many lines were written. */
  synchronized long written() {
    return written;
  }

  /** How many of them have not been seen. */
  synchronized long lost() {
    return written - seen;
  }

  /** How many were seen that had been seen before. */
  synchronized long doubled() {
    return doubled;
  }

  /** How many were seen that are none of these, torn ones among them. */
  synchronized long foreign() {
    return foreign;
  }
}
