package io.flafka.hdfs.format;

import static io.flafka.hdfs.format.MemoryFile.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.flafka.config.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.flume.Context;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedFormatTest {
  private final MemoryFile file = new MemoryFile();
  private final StringBuilder expected = new StringBuilder();

  private static CompressedFormat format(String codec, String serializer) {
    Settings settings =
        new Settings(
            "sink k1",
            new Context(
                Map.of(
                    "hdfs.fileType", "CompressedStream",
                    "hdfs.codeC", codec,
                    "serializer", serializer)));
    Format format = Format.parse(settings, InstantSource.system());
    return settings.complete(() -> (CompressedFormat) format);
  }

  private void append(EventWriter writer, int events) throws IOException {
    for (int i = 0; i < events; i++) {
      String body = "event-" + expected.length();
      writer.append(event(body));
      expected.append(body).append('\n');
    }
  }

  /** As {@code hdfs dfs -text} and Spark read: the codec is found by the file's name. */
  private static InputStream open(CompressedFormat format, byte[] bytes) throws IOException {
    ByteArrayInputStream stored = new ByteArrayInputStream(bytes);
    return format.extension().equals(".zst")
        ? new ZstdInputStream(stored) // Hadoop's needs its native library.
        : new CompressionCodecFactory(new Configuration())
            .getCodec(new Path("file" + format.extension()))
            .createInputStream(stored);
  }

  private static String read(CompressedFormat format, byte[] bytes) throws IOException {
    try (InputStream content = open(format, bytes)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "bzip2", "lz4", "snappy", "deflate", "default", "zstd"})
  void everythingThatWasFlushedCanBeReadThoughTheFileHasNoEnd(String codec) throws Exception {
    CompressedFormat format = format(codec, "TEXT");
    EventWriter writer = format.begin(file.output);
    for (int events : new int[] {1, 0, 20_000, 3, 700}) {
      append(writer, events);
      writer.flush();
      assertThat(writer.pending()).isZero();
      assertThat(read(format, file.durable())).isEqualTo(expected.toString());
    }
    append(writer, 100);
    writer.finish();
    assertThat(read(format, file.closed())).isEqualTo(expected.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "bzip2", "lz4", "snappy", "deflate", "zstd"})
  void aFileWithoutEventsCanBeRead(String codec) throws Exception {
    CompressedFormat format = format(codec, "TEXT");
    EventWriter writer = format.begin(file.output);
    writer.flush();
    writer.finish();
    assertThat(file.closed()).isNotEmpty();
    assertThat(read(format, file.durable())).isEmpty();
  }

  @Test
  void aFileThatIsFlushedOnlyAtItsEndIsOneMember() throws Exception {
    EventWriter writer = format("gzip", "TEXT").begin(file.output);
    append(writer, 30_000);
    writer.flush();
    writer.finish();
    byte[] stored = file.closed();
    assertThat(members(stored)).isEqualTo(1);
    try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(stored))) {
      assertThat(content.readAllBytes()).asString().isEqualTo(expected.toString());
    }
  }

  @Test
  void aFlushEndsAMemberOnlyIfThereIsSomethingInIt() throws Exception {
    EventWriter writer = format("gzip", "TEXT").begin(file.output);
    for (int events : new int[] {0, 5, 0, 5, 5, 0}) {
      append(writer, events);
      writer.flush();
    }
    writer.finish();
    assertThat(members(file.closed())).isEqualTo(3);
  }

  /** Of gzip: each is ten bytes that tell of no name nor comment, what was deflated, and eight. */
  private static int members(byte[] stored) throws DataFormatException {
    int members = 0;
    byte[] content = new byte[1 << 16];
    for (int at = 0; at < stored.length; members++) {
      assertThat(stored).startsWith(stored[at], stored[at + 1], 8, 0);
      Inflater inflater = new Inflater(true);
      inflater.setInput(stored, at + 10, stored.length - at - 10);
      while (!inflater.finished()) {
        assertThat(inflater.inflate(content)).isPositive();
      }
      at = stored.length - inflater.getRemaining() + 8;
      inflater.end();
    }
    return members;
  }

  // Half of the content is left of it; bzip2 puts out 900 KB of it at a time, and snappy 256 KB.
  @ParameterizedTest
  @CsvSource({
    "bzip2, 600000, 620000",
    "bzip2, 100000, 300000",
    "snappy, 300000, 350000",
    "gzip, 300000, 320000",
    "zstd, 300000, 320000"
  })
  void tellsWhatTheCodecHoldsBack(String codec, int rollSize, int most) throws Exception {
    EventWriter writer = format(codec, "TEXT").begin(file.output);
    Random random = new Random(7);
    while (file.output.position() + writer.pending() < rollSize) {
      writer.append(event(Long.toHexString(random.nextLong())));
    }
    writer.finish();
    assertThat(file.closed().length).isBetween(rollSize - 20_000, most);
  }

  @Test
  void compressesWhatAnySerializerWrites() throws Exception {
    CompressedFormat text = format("bzip2", "HEADER_AND_TEXT");
    assertThat(read(text, MemoryFile.of(text, event("one", "h", "v"), event("two"))))
        .isEqualTo("{h=v} one\n{} two\n");

    CompressedFormat avro = format("gzip", "AVRO_EVENT");
    try (var reader =
        new DataFileStream<GenericRecord>(
            open(avro, MemoryFile.of(avro, event("one", "h", "v"), event("two"))),
            new GenericDatumReader<>())) {
      assertThat(reader.next().get("headers")).hasToString("{h=v}");
      assertThat(reader.next().get("headers")).hasToString("{}");
      assertThat(reader.hasNext()).isFalse();
    }
  }
}
