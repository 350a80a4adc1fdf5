package io.flafka.testbed.weblogs;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Makes the access log of a web shop's day, in the Apache combined format of the Loudacre course.
 *
 * <p>The day is 15 September 2013, from midnight to midnight at UTC+1, and the lines are spread
 * evenly over it. The same seed and number of lines make the same bytes.
 *
 * <p>For one thread.
 */
public final class WeblogGenerator {
  private static final OffsetDateTime MIDNIGHT =
      OffsetDateTime.of(2013, 9, 15, 0, 0, 0, 0, ZoneOffset.ofHours(1));
  private static final long SECONDS = 24 * 60 * 60;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(MIDNIGHT.getOffset());

  private static final List<String> BROWSERS =
      List.of(
          "Loudacre CSR Browser",
          "Loudacre Mobile Browser iFruit 1",
          "Loudacre Mobile Browser iFruit 3A",
          "Loudacre Mobile Browser MeeToo 2.0",
          "Loudacre Mobile Browser Ronin S4",
          "Loudacre Mobile Browser Titanic 2400");
  private static final List<String> PAGES =
      List.of("/KBDOC-#.html", "/theme.css?v=#", "/device/#.jpg", "/cart.php?item=#");
  private static final int[] STATUSES = {200, 200, 200, 200, 200, 200, 200, 304, 404, 500};

  private final SplittableRandom random;
  private final long lines;
  private long made;
  private long second = -1;
  private String stamp = "";

  public WeblogGenerator(long seed, long lines) {
    this.random = new SplittableRandom(seed);
    this.lines = lines;
  }

  public boolean hasNext() {
    return made < lines;
  }

  /** The next line, without its newline. */
  public String next() {
    stampFor(made * SECONDS / lines);
    made++;
    return String.valueOf(random.nextInt(1, 224))
        + '.'
        + random.nextInt(256)
        + '.'
        + random.nextInt(256)
        + '.'
        + random.nextInt(1, 255)
        + " - "
        + random.nextInt(100_000)
        + " ["
        + stamp
        + "] \"GET "
        + path()
        + " HTTP/1.0\" "
        + STATUSES[random.nextInt(STATUSES.length)]
        + ' '
        + random.nextInt(20_000)
        + " \"http://www.loudacre.com\"  \""
        + BROWSERS.get(random.nextInt(BROWSERS.size()))
        + '"';
  }

  private String path() {
    return PAGES
        .get(random.nextInt(PAGES.size()))
        .replace("#", String.valueOf(random.nextInt(10_000, 100_000)));
  }

  private void stampFor(long second) {
    if (second != this.second) {
      this.second = second;
      this.stamp = STAMP.format(Instant.from(MIDNIGHT.plusSeconds(second)));
    }
  }

  /**
   * Writes the next lines to a new file.
   *
   * @return how many lines were left to write, at most {@code most}
   */
  public long write(Path file, long most) throws IOException {
    long count = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      for (; count < most && hasNext(); count++) {
        out.write(next().getBytes(StandardCharsets.US_ASCII));
        out.write('\n');
      }
    }
    return count;
  }
}
