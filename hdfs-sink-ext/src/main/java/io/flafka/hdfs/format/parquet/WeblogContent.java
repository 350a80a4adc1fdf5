package io.flafka.hdfs.format.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.flafka.config.Settings;
import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.format.EventWriter;
import io.flafka.weblog.line.LineFormat;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * Lines of web logs, and the columns that they are taken apart into:
 *
 * <pre>
 * message weblog {
 *   optional binary host (STRING);
 *   optional binary user (STRING);
 *   optional int64 time (TIMESTAMP(MILLIS, isAdjustedToUTC = true));
 *   optional binary method (STRING);
 *   optional binary path (STRING);
 *   optional binary query (STRING);
 *   optional binary protocol (STRING);
 *   optional int32 status;
 *   optional int64 bytes;
 *   optional binary referrer (STRING);
 *   optional binary agent (STRING);
 *   optional binary raw;
 * }
 * </pre>
 *
 * <p>What is absent in a line, or a dash, is null. A line that isn't of the format has its raw
 * column, and its time if there is a stamp in it.
 *
 * <p>The raw column is the line, byte for byte: binary, for a string must be UTF-8 in Parquet, and
 * nobody promises that of a line. In the other columns what isn't UTF-8 is replaced by U+FFFD.
 */
record WeblogContent(LineFormat format, Raw raw) implements Content {
  static final List<String> KEYS = List.of("parquet.format", "parquet.raw");

  static final String RAW = "raw";

  static final MessageType SCHEMA =
      new MessageType(
          "weblog",
          text("host"),
          text("user"),
          Types.optional(INT64).as(timestampType(true, TimeUnit.MILLIS)).named("time"),
          text("method"),
          text("path"),
          text("query"),
          text("protocol"),
          Types.optional(INT32).named("status"),
          Types.optional(INT64).named("bytes"),
          text("referrer"),
          text("agent"),
          Types.optional(BINARY).named(RAW));

  /** Which lines have their raw column. */
  enum Raw {
    /**
     * Those of which the other columns don't tell all: that aren't of the format, have an ident,
     * anything behind what the format has, a request that is none, a number that doesn't fit, or
     * bytes that aren't UTF-8. Of the others nothing is lost but blanks and the offset of the time.
     */
    NEEDED,

    /** All. It makes files two to three times as large. */
    ALWAYS
  }

  static WeblogContent parse(Settings settings) {
    return new WeblogContent(
        settings.parsed(
            "parquet.format", LineFormat.parse("combined"), LineFormat::parse, LineFormat.EXPECTED),
        settings.choice("parquet.raw", Raw.NEEDED));
  }

  @Override
  public EventWriter begin(ParquetFiles files, FileOutput output) throws IOException {
    return files.open(output, new WeblogRows(this));
  }

  private static Type text(String name) {
    return Types.optional(BINARY).as(stringType()).named(name);
  }
}
