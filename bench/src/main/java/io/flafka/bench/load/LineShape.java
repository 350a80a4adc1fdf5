package io.flafka.bench.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How a web log's line is a record. */
public enum LineShape {
  /** The line alone. */
  RAW {
    @Override
    byte[] value(byte[] line, long number) {
      return line;
    }
  },
  /**
   * Flume's Avro datum, with a header {@code timestamp}: one line after the other is of the next
   * hour of a day, so that at any time all hours take lines.
   */
  HOURLY {
    @Override
    byte[] value(byte[] line, long number) {
      return datum(STAMPS.get((int) (number % HOURS)), line);
    }
  };

  /** How many different hours there are. */
  public static final int HOURS = 24;

  private static final Instant DAY = Instant.parse("2013-09-15T00:00:00Z");
  private static final List<byte[]> STAMPS = stamps();

  /**
   * The value of a record.
   *
   * @param number how many lines were before it
   */
  abstract byte[] value(byte[] line, long number);

  private static List<byte[]> stamps() {
    List<byte[]> stamps = new ArrayList<>();
    for (int hour = 0; hour < HOURS; hour++) {
      long millis = DAY.plusSeconds(hour * 3600L).toEpochMilli();
      stamps.add(String.valueOf(millis).getBytes(StandardCharsets.US_ASCII));
    }
    return stamps;
  }

  /** A map of one header, in one block; then the body. */
  private static byte[] datum(byte[] stamp, byte[] body) {
    ByteArrayOutputStream datum = new ByteArrayOutputStream(body.length + 32);
    Format.writeLength(1, datum);
    write("timestamp".getBytes(StandardCharsets.US_ASCII), datum);
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
