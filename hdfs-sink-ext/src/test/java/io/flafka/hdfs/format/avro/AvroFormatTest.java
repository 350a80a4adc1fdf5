package io.flafka.hdfs.format.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.hdfs.format.Format;
import io.flafka.hdfs.format.SerializedFormat;
import io.flafka.hdfs.format.Written;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.flume.Event;
import org.apache.flume.conf.ConfigurationException;
import org.apache.flume.event.JSONEvent;
import org.apache.flume.serialization.FlumeEventAvroEventSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroFormatTest {
  @TempDir Path folder;

  private static Format format(String serializer, String... keys) {
    String[] all = new String[keys.length + 4];
    System.arraycopy(keys, 0, all, 4, keys.length);
    all[0] = "hdfs.fileType";
    all[1] = "DataStream";
    all[2] = "serializer";
    all[3] = serializer;
    return Written.format(all);
  }

  private static Event visit(int number, String... headers) {
    return Written.event(Records.encoded(Records.visit(number)), headers);
  }

  @Test
  void writesTheEventsThatStockFlumeWrites() throws Exception {
    Event[] events = {
      Written.event("one".getBytes(UTF_8), "h", "v", "\u00e4", ""),
      Written.event(new byte[0]),
      Written.event(new byte[] {-1, 0}, "timestamp", "17"),
    };
    byte[] ours = new Written(format("avro_event")).append(events).flushed();
    Format stock =
        new SerializedFormat(FlumeEventAvroEventSerializer.Builder.class.getName(), Map.of());
    byte[] theirs = new Written(stock).append(events).flushed();

    assertThat(Records.of(ours)).isEqualTo(Records.of(theirs)).hasSize(3);
    try (var reader = Records.reader(ours);
        var other = Records.reader(theirs)) {
      assertThat(reader.getMetaKeys()).isEqualTo(other.getMetaKeys());
      for (String key : reader.getMetaKeys()) {
        assertThat(reader.getMetaString(key)).isEqualTo(other.getMetaString(key));
      }
    }
    assertThat(ours).hasSameSizeAs(theirs);
  }

  @Test
  void writesEventsOfAnyKind() throws Exception {
    JSONEvent foreign = new JSONEvent();
    foreign.setHeaders(Map.of("h", "v"));
    foreign.setBody("one".getBytes(UTF_8));
    Event nulls = Written.event("two");
    nulls.getHeaders().put("h", null);
    List<GenericRecord> records =
        Records.of(new Written(format("AVRO_EVENT")).append(foreign, nulls).finished(folder));
    assertThat(records.get(0).get("headers")).hasToString("{h=v}");
    assertThat(records.get(0).get("body")).isEqualTo(ByteBuffer.wrap("one".getBytes(UTF_8)));
    assertThat(records.get(1).get("headers")).hasToString("{h=}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard", "bzip2", "xz"})
  void compressesAsAsked(String codec) throws Exception {
    Written file = new Written(format("AVRO_EVENT", "serializer.compressionCodec", codec));
    for (int i = 0; i < 100; i++) {
      file.append(Written.event("the same again and again"));
    }
    byte[] bytes = file.flushed();
    assertThat(Records.of(bytes)).hasSize(100);
    try (var reader = Records.reader(bytes)) {
      assertThat(reader.getMetaString("avro.codec")).isEqualTo(codec);
    }
    if (codec.equals("null")) {
      assertThat(bytes).hasSizeGreaterThan(2_400);
    } else {
      assertThat(bytes).hasSizeLessThan(1_000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AVRO_EVENT", "AVRO"})
  void canBeReadAfterEveryFlush(String serializer) throws Exception {
    Format format = format(serializer, "serializer.compressionCodec", "deflate");
    assertThat(format.readableAfterFlush()).isTrue();
    Written file = new Written(format);
    for (int i = 1; i <= 5; i++) {
      file.append(visit(i, EventSchemas.LITERAL, Records.VISIT));
      assertThat(Records.of(file.flushed())).hasSize(i);
    }
  }

  @Test
  void endsBlocksAtTheInterval() throws Exception {
    Written file = new Written(format("AVRO_EVENT", "serializer.syncIntervalBytes", "1000"));
    long header = file.output.position();
    file.append(Written.event("x".repeat(500)));
    assertThat(file.output.position()).isEqualTo(header);
    assertThat(file.writer.pending()).isGreaterThanOrEqualTo(500);
    file.append(Written.event("x".repeat(500)));
    assertThat(file.output.position()).isGreaterThan(header + 1000);
    assertThat(file.writer.pending()).isLessThanOrEqualTo(500);
  }

  @Test
  void foretellsWhatCompressionWillLeave() throws Exception {
    Written file = new Written(format("AVRO_EVENT", "serializer.compressionCodec", "deflate"));
    file.append(Written.event("x".repeat(100_000)));
    assertThat(file.writer.pending()).isGreaterThanOrEqualTo(100_000);
    file.flushed();
    assertThat(file.writer.pending()).isZero();
    file.append(Written.event("x".repeat(100_000)));
    assertThat(file.writer.pending()).isBetween(50L, 1_000L);
  }

  @Test
  void writesDatumsOfASchemaInTheirHeaders() throws Exception {
    Written file = new Written(format("AVRO"));
    for (int i = 0; i < 10; i++) {
      file.append(visit(i, EventSchemas.LITERAL, Records.VISIT));
    }
    List<GenericRecord> records = Records.of(file.finished(folder));
    assertThat(records).hasSize(10).element(7).isEqualTo(Records.visit(7));
  }

  @Test
  void findsTheSchemaWhereStockFlumeDoes() throws Exception {
    Path schema = Files.writeString(folder.resolve("visit.avsc"), Records.VISIT);
    String url = schema.toUri().toString();
    Event bare = visit(1);
    Event withUrl = visit(1, EventSchemas.URL, url, EventSchemas.LITERAL, "not looked at");
    assertThat(Records.of(new Written(format("avro")).append(withUrl).flushed())).hasSize(1);
    assertThat(
            Records.of(
                new Written(format("AVRO", "serializer.schemaURL", url)).append(bare).flushed()))
        .hasSize(1);
    assertThat(
            Records.of(
                new Written(format("AVRO", "serializer.schemaLiteral", Records.VISIT))
                    .append(bare)
                    .flushed()))
        .hasSize(1);
  }

  @Test
  void refusesAnEventWithoutASchema() throws Exception {
    Written file = new Written(format("AVRO"));
    assertThatThrownBy(() -> file.append(visit(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no header flume.avro.schema.url or flume.avro.schema.literal");
    Event nowhere = visit(1, EventSchemas.URL, folder.resolve("nothing").toUri().toString());
    assertThatThrownBy(() -> file.append(nowhere))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("can't read the Avro schema at file:");
    assertThatThrownBy(() -> file.append(visit(1, EventSchemas.LITERAL, "{}")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no schema");
  }

  @Test
  void refusesABodyThatWouldSpoilTheFile() throws Exception {
    Written file = new Written(format("AVRO", "serializer.schemaLiteral", Records.VISIT));
    file.append(visit(1));
    assertThatThrownBy(() -> file.append(Written.event("no datum")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("body of 8 bytes is no Avro datum of the schema Visit")
        .hasMessageContaining("stays in the channel");
    assertThat(Records.of(file.append(visit(2)).flushed())).hasSize(2);
  }

  @Test
  void hasOneSchemaInAFile() throws Exception {
    Written file = new Written(format("AVRO"));
    file.append(visit(1, EventSchemas.LITERAL, Records.VISIT));
    String same = Records.VISIT.replace(", ", " , ");
    file.append(visit(2, EventSchemas.LITERAL, same));
    String other = Records.VISIT.replace("Visit", "Other");
    assertThatThrownBy(() -> file.append(visit(3, EventSchemas.LITERAL, other)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Avro schema Other (fingerprint")
        .hasMessageContaining("hdfs.path or hdfs.filePrefix");
    assertThat(Records.of(file.flushed())).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "serializer.compressionCodec, lzma, 'one of null, deflate'",
    "serializer.syncIntervalBytes, 31, at least 32",
    "serializer.syncIntervalBytes, 1073741825, 1073741824 at most",
    "serializer.schemaLiteral, nonsense, an Avro schema",
    "serializer.schemaURL, '::', the URL of an Avro schema",
  })
  void refusesWhatItCannotHonour(String key, String value, String why) {
    assertThatThrownBy(() -> format("AVRO", key, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(key + " = " + value)
        .hasMessageContaining(why);
  }
}
