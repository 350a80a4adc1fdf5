package io.flafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * A line of a web log, taken apart by other means than the plugin's.
 *
 * @param line all of it
 * @param time of the request
 * @param status of the answer, or {@link #NO_STATUS}
 * @param bytes of the answer; 0 if there were none
 */
record Hit(String line, Instant time, int status, long bytes) {
  /** Of a line that isn't a web log's. */
  static final int NO_STATUS = -1;

  /** For a configuration: an environment variable has it. */
  static final String SCHEMA_PLACE = "${env:SCHEMA}";

  static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Hit", "namespace": "com.loudacre", "fields": [
                {"name": "line", "type": "string"},
                {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "status", "type": ["null", "int"]}]}
              """);

  private static final Pattern PARTS =
      Pattern.compile(".*\\[([^]]+)] \"[^\"]*\" (\\d{3}) (\\S+) .*");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
  private static final DateTimeFormatter PARTITION =
      DateTimeFormatter.ofPattern("'dt='yyyy-MM-dd'/hour='HH").withZone(ZoneOffset.UTC);

  static Hit of(String line) {
    Matcher parts = PARTS.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException(line);
    }
    return new Hit(
        line,
        STAMP.parse(parts.group(1), Instant::from),
        Integer.parseInt(parts.group(2)),
        parts.group(3).equals("-") ? 0 : Long.parseLong(parts.group(3)));
  }

  /** A line that isn't a web log's, and came at some time. */
  static Hit odd(String line, Instant time) {
    return new Hit(line, time, NO_STATUS, 0);
  }

  /** The directory that it belongs into. */
  String partition() {
    return PARTITION.format(time);
  }

  /** It as a record of the schema, as a program of the user's may put it into a topic. */
  byte[] toAvro() throws IOException {
    GenericRecord hit = new GenericData.Record(SCHEMA);
    hit.put("line", line);
    hit.put("time", time.toEpochMilli());
    hit.put("status", status == NO_STATUS ? null : status);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(SCHEMA).write(hit, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }
}
