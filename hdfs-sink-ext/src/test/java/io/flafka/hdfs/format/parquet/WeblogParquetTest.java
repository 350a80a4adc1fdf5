package io.flafka.hdfs.format.parquet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.hdfs.format.Written;
import io.flafka.testbed.weblogs.WeblogGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flume.conf.ConfigurationException;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeblogParquetTest {
  private static final String LINE =
      "10.1.2.3 - carol [15/Sep/2013:23:59:53 +0100] \"GET /cart?item=7 HTTP/1.1\" 200 4711"
          + " \"http://shop/\" \"Browser 3.0\"";

  @TempDir Path folder;

  private Table table(List<byte[]> lines, String... keys) throws Exception {
    String[] all = new String[keys.length + 2];
    System.arraycopy(keys, 0, all, 2, keys.length);
    all[0] = "hdfs.fileType";
    all[1] = "Parquet";
    Written file = new Written(Written.format(all));
    for (byte[] line : lines) {
      file.append(Written.event(line));
    }
    return Table.of(file.finished(folder));
  }

  private Table table(String line, String... keys) throws Exception {
    return table(List.of(line.getBytes(ISO_8859_1)), keys);
  }

  private static List<byte[]> generated(int count) {
    WeblogGenerator generator = new WeblogGenerator(7, count);
    List<byte[]> lines = new ArrayList<>();
    while (generator.hasNext()) {
      lines.add(generator.next().getBytes(UTF_8));
    }
    return lines;
  }

  @Test
  void takesALineApart() throws Exception {
    Table table = table(LINE);
    assertThat(table.text(0, "host")).isEqualTo("10.1.2.3");
    assertThat(table.text(0, "user")).isEqualTo("carol");
    assertThat(table.rows().get(0).getLong("time", 0)).isEqualTo(1_379_285_993_000L);
    assertThat(table.text(0, "method")).isEqualTo("GET");
    assertThat(table.text(0, "path")).isEqualTo("/cart");
    assertThat(table.text(0, "query")).isEqualTo("item=7");
    assertThat(table.text(0, "protocol")).isEqualTo("HTTP/1.1");
    assertThat(table.rows().get(0).getInteger("status", 0)).isEqualTo(200);
    assertThat(table.rows().get(0).getLong("bytes", 0)).isEqualTo(4711);
    assertThat(table.text(0, "referrer")).isEqualTo("http://shop/");
    assertThat(table.text(0, "agent")).isEqualTo("Browser 3.0");
    assertThat(table.isNull(0, "raw")).isTrue();
  }

  @Test
  void hasItsSchema() throws Exception {
    assertThat(table(LINE).footer().getFileMetaData().getSchema())
        .isEqualTo(
            MessageTypeParser.parseMessageType(
                "message weblog {"
                    + " optional binary host (STRING); optional binary user (STRING);"
                    + " optional int64 time (TIMESTAMP(MILLIS, true));"
                    + " optional binary method (STRING); optional binary path (STRING);"
                    + " optional binary query (STRING); optional binary protocol (STRING);"
                    + " optional int32 status; optional int64 bytes;"
                    + " optional binary referrer (STRING); optional binary agent (STRING);"
                    + " optional binary raw; }"));
  }

  @Test
  void hasNullsForDashes() throws Exception {
    Table table = table("h - - [15/Sep/2013:23:59:53 +0100] \"GET / HTTP/1.1\" 304 - \"-\" \"-\"");
    for (String column : List.of("user", "query", "bytes", "referrer", "agent", "raw")) {
      assertThat(table.isNull(0, column)).as(column).isTrue();
    }
    assertThat(table.text(0, "path")).isEqualTo("/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "no log line",
        "h - - [15/Sep/2013:23:59:53 +0100] \"GET / HTTP/1.1\" 200 1",
        "\u0000\u00ff\u0016\u0003",
      })
  void keepsLinesThatAreNone(String line) throws Exception {
    byte[] bytes = line.getBytes(ISO_8859_1);
    Table table = table(List.of(bytes, LINE.getBytes(UTF_8), bytes));
    assertThat(table.rows()).hasSize(3);
    assertThat(table.bytes(0, "raw")).isEqualTo(bytes);
    assertThat(table.isNull(0, "host")).isTrue();
    assertThat(table.isNull(1, "raw")).isTrue();
    assertThat(table.text(1, "host")).isEqualTo("10.1.2.3");
    assertThat(table.bytes(2, "raw")).isEqualTo(bytes);
  }

  @Test
  void knowsTheTimeOfALineThatIsNone() throws Exception {
    Table table = table("h - - [15/Sep/2013:23:59:53 +0100] who knows");
    assertThat(table.rows().get(0).getLong("time", 0)).isEqualTo(1_379_285_993_000L);
    assertThat(table.text(0, "raw")).endsWith("who knows");
  }

  @ParameterizedTest
  @CsvSource({
    "an ident, h ident - [15/Sep/2013:23:59:53 +0100] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
    "more, h - - [15/Sep/2013:23:59:53 +0100] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\" 0.017",
    "no request, h - - [15/Sep/2013:23:59:53 +0100] \"\\x16\\x03\" 400 1 \"-\" \"-\"",
    "no number,"
        + " h - - [15/Sep/2013:23:59:53 +0100] \"GET / HTTP/1.1\" 200 1234567890123456789 \"-\""
        + " \"-\"",
    "no UTF-8, h - - [15/Sep/2013:23:59:53 +0100] \"GET /\u00ff HTTP/1.1\" 200 1 \"-\" \"-\"",
  })
  void keepsLinesThatTheColumnsDoNotTell(String what, String line) throws Exception {
    Table table = table(line);
    assertThat(table.text(0, "host")).isEqualTo("h");
    assertThat(table.bytes(0, "raw")).as(what).isEqualTo(line.getBytes(ISO_8859_1));
  }

  @Test
  void keepsAllLinesIfAsked() throws Exception {
    assertThat(table(LINE, "parquet.raw", "always").text(0, "raw")).isEqualTo(LINE);
  }

  @Test
  void hasNothingButUtf8InTexts() throws Exception {
    String line =
        "h - - [15/Sep/2013:23:59:53 +0100] \"GET /a\u00ffb HTTP/1.1\" 200 1 \"-\""
            + " \"\u00c3\u00a9\"";
    Table table = table(line);
    assertThat(table.bytes(0, "path")).isEqualTo("/a\ufffdb".getBytes(UTF_8));
    assertThat(table.bytes(0, "agent")).isEqualTo("\u00e9".getBytes(UTF_8));
  }

  @Test
  void readsOtherFormats() throws Exception {
    String common = "h - - [15/Sep/2013:23:59:53 +0100] \"GET /x HTTP/1.1\" 200 1";
    assertThat(table(common, "parquet.format", "common").text(0, "path")).isEqualTo("/x");
    Table own = table("200 h [15/Sep/2013:23:59:53 +0100]", "parquet.format", "%>s %h %t");
    assertThat(own.text(0, "host")).isEqualTo("h");
    assertThat(own.rows().get(0).getInteger("status", 0)).isEqualTo(200);
    assertThat(own.text(0, "raw")).isEqualTo("200 h [15/Sep/2013:23:59:53 +0100]");
    assertThat(table(LINE, "parquet.format", "any").text(0, "raw")).isEqualTo(LINE);
  }

  @Test
  void losesNoLineOfManyInManyRowGroups() throws Exception {
    List<byte[]> lines = generated(30_000);
    Table table = table(lines, "parquet.raw", "always", "parquet.rowGroupSize", "1048576");
    assertThat(table.footer().getBlocks()).hasSizeGreaterThan(1);
    assertThat(table.rows()).hasSize(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      assertThat(table.bytes(i, "raw")).isEqualTo(lines.get(i));
      String host = table.text(i, "host");
      assertThat(new String(lines.get(i), UTF_8)).startsWith(host + " - ");
    }
  }

  @Test
  void usesDictionariesAndZstd() throws Exception {
    Table table = table(generated(5_000), "parquet.raw", "always");
    for (String column : List.of("method", "protocol", "status", "referrer", "agent")) {
      assertThat(table.hasDictionary(column)).as(column).isTrue();
      assertThat(table.chunk(column).getCodec()).isEqualTo(CompressionCodecName.ZSTD);
    }
    assertThat(table.hasDictionary("raw")).isFalse();
    assertThat(table.chunk("raw").getTotalSize())
        .isLessThan(table.chunk("raw").getTotalUncompressedSize() / 3);
  }

  @Test
  void hasNoDictionariesIfNotWanted() throws Exception {
    Table table = table(generated(500), "parquet.dictionary", "false");
    assertThat(table.hasDictionary("method")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"snappy, SNAPPY", "gzip, GZIP", "none, UNCOMPRESSED", "zstd, ZSTD"})
  void compressesAsAsked(String name, CompressionCodecName codec) throws Exception {
    Table table = table(generated(3_000), "parquet.compression", name, "parquet.raw", "always");
    assertThat(table.rows()).hasSize(3_000);
    assertThat(table.chunk("raw").getCodec()).isEqualTo(codec);
  }

  @Test
  void compressesHarderIfAsked() throws Exception {
    List<byte[]> lines = generated(5_000);
    String[] always = {"parquet.raw", "always", "parquet.compressionLevel", "1"};
    long fast = table(lines, always).chunk("raw").getTotalSize();
    always[3] = "12";
    assertThat(table(lines, always).chunk("raw").getTotalSize()).isLessThan(fast * 9 / 10);
  }

  @Test
  void cannotBeReadBeforeItIsFinished() throws Exception {
    Written file = new Written(Written.format("hdfs.fileType", "Parquet"));
    assertThat(Written.format("hdfs.fileType", "Parquet").readableAfterFlush()).isFalse();
    file.append(Written.event(LINE));
    assertThat(file.flushed()).asString(UTF_8).isEqualTo("PAR1");
  }

  @Test
  void foretellsItsSize() throws Exception {
    Written file =
        new Written(Written.format("hdfs.fileType", "Parquet", "parquet.rowGroupSize", "1048576"));
    List<byte[]> lines = generated(60_000);
    for (byte[] line : lines) {
      file.append(Written.event(line));
    }
    assertThat(file.writer.pending()).isPositive();
    long foretold = file.output.position() + file.writer.pending();
    file.writer.finish();
    assertThat(foretold)
        .isBetween(file.output.position() * 8 / 10, file.output.position() * 12 / 10);
  }

  @ParameterizedTest
  @CsvSource({
    "parquet.format, nonsense, 'any, common, combined, nginx'",
    "parquet.compression, lzo, 'one of zstd, snappy, gzip, none'",
    "parquet.compressionLevel, 23, 1 to 22",
    "parquet.raw, never, 'one of needed, always'",
    "parquet.memory, 1, at least 1048576",
    "parquet.schemaLiteral, nonsense, an Avro schema",
  })
  void refusesWhatItCannotHonour(String key, String value, String why) {
    assertThatThrownBy(() -> Written.format("hdfs.fileType", "Parquet", key, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(key + " = " + value)
        .hasMessageContaining(why);
  }

  @Test
  void isSmallerThanTheSameLinesAsGzip() throws Exception {
    assertThat(size("hdfs.fileType", "Parquet"))
        .isLessThan(size("hdfs.fileType", "CompressedStream", "hdfs.codeC", "gzip"));
  }

  private long size(String... keys) throws Exception {
    Written file = new Written(Written.format(keys));
    for (byte[] line : generated(20_000)) {
      file.append(Written.event(line));
    }
    return Files.size(file.finished(folder));
  }
}
