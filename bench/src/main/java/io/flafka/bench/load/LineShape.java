package io.flafka.bench.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * How a web log's line is a record: alone, or as Flume's Avro datum with a header {@code
 * timestamp}. Of these, one line after the other is of the next period, so that at any time all
 * periods take lines.
 *
 * @param periods how many there are; 0 for the line alone
 * @param seconds from the beginning of one to that of the next
 */
public record LineShape(int periods, int seconds) {
  /** The line alone. */
  public static final LineShape RAW = new LineShape(0, 0);

  /** With the hours of a day. */
  public static final LineShape HOURLY = new LineShape(24, 3_600);

  private static final Instant DAY = Instant.parse("2013-09-15T00:00:00Z");
  private static final byte[] TIMESTAMP = "timestamp".getBytes(StandardCharsets.US_ASCII);

  /** With so many minutes. */
  public static LineShape minutes(int periods) {
    return new LineShape(periods, 60);
  }

  /** Reads what {@link #argument} gave. */
  public static LineShape parse(String argument) {
    String[] parts = argument.split("x", 2);
    return new LineShape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  /** The same for a command line, for example {@code 24x3600}. */
  public String argument() {
    return periods + "x" + seconds;
  }

  /** Whether records have the header. */
  public boolean isTimed() {
    return periods > 0;
  }

  /**
   * The value of a record.
   *
   * @param number how many lines were before it
   */
  byte[] value(byte[] line, long number) {
    if (!isTimed()) {
      return line;
    }
    long millis = DAY.plusSeconds(number % periods * seconds).toEpochMilli();
    return datum(String.valueOf(millis).getBytes(StandardCharsets.US_ASCII), line);
  }

  /** A map of one header, in one block; then the body. */
  private static byte[] datum(byte[] stamp, byte[] body) {
    ByteArrayOutputStream datum = new ByteArrayOutputStream(body.length + 32);
    Format.writeLength(1, datum);
    write(TIMESTAMP, datum);
    write(stamp, datum);
    Format.writeLength(0, datum);
    write(body, datum);
    return datum.toByteArray();
  }

  private static void write(byte[] bytes, ByteArrayOutputStream datum) {
    Format.writeLength(bytes.length, datum);
    datum.writeBytes(bytes);
  }
}
