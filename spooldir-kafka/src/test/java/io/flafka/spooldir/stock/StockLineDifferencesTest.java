package io.flafka.spooldir.stock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.spooldir.stock.SideBySide.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a file's content makes other events here than in stock, or kills stock's source. */
class StockLineDifferencesTest {
  @TempDir private Path folder;
  private SideBySide both;

  @BeforeEach
  void open() throws IOException {
    both = new SideBySide(folder);
  }

  private List<String> stock() throws IOException {
    return both.read(Side.STOCK).bodies();
  }

  private List<String> ours() throws IOException {
    return both.read(Side.OURS).bodies();
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  @Test
  void stockSplitsLinesOf2048CharactersAndOursKeepsThem() throws IOException {
    String line = "x".repeat(3_000);
    both.file("a", line + "\nnext");

    assertThat(stock()).containsExactly(line.substring(952), line.substring(2_048), "next");
    assertThat(ours()).containsExactly(line, "next");
  }

  @Test
  void stockAddsAnEmptyEventToALineAsLongAsTheLimitAndOursDoesNot() throws IOException {
    both.with("deserializer.maxLineLength", "5").file("a", "12345\n1234567890\nnext");

    assertThat(stock()).containsExactly("12345", "", "12345", "67890", "", "next");
    assertThat(ours()).containsExactly("12345", "12345", "67890", "next");
  }

  @Test
  void stocksLimitIsInCharactersAndOursInBytes() throws IOException {
    both.with("deserializer.maxLineLength", "10").file("a", "\u00e9".repeat(9));

    assertThat(stock()).containsExactly("\u00c3\u00a9".repeat(9));
    assertThat(ours()).containsExactly("\u00c3\u00a9".repeat(5), "\u00c3\u00a9".repeat(4));
  }

  @Test
  void stockObeysTheOldKeyForTheLimitBeforeTheNewOneAndOursTheNew() throws IOException {
    both.with("deserializer.maxLineLength", "9", "bufferMaxLineLength", "4").file("a", "123456");

    assertThat(stock()).containsExactly("1234", "56");
    assertThat(ours()).containsExactly("123456");
  }

  @Test
  void stockDiesOfMalformedTextAndOursPassesItThrough() throws IOException {
    byte[] latin = bytes("Gr\u00fc\u00dfe\nnext\n");
    both.file("a", "good\n").file("b", latin).file("c", "after\n");

    assertThat(both.readToDeath().bodies()).containsExactly("good");
    assertThat(ours()).containsExactly("good", "Gr\u00fc\u00dfe", "next", "after");
  }

  @Test
  void stockReplacesWhatIsMalformedAndOursOnlyIfInputCharsetIsSet() throws IOException {
    both.with("decodeErrorPolicy", "REPLACE").file("a", bytes("a\u00ffb\n"));
    String replaced = new String("a\ufffdb".getBytes(UTF_8), ISO_8859_1);

    assertThat(stock()).containsExactly(replaced);
    assertThat(ours()).containsExactly("a\u00ffb");

    both = new SideBySide(folder.resolve("set")).with("decodeErrorPolicy", "REPLACE");
    both.with("inputCharset", "UTF-8").file("a", bytes("a\u00ffb\n"));
    assertThat(ours()).containsExactly(replaced);
  }

  @Test
  void stockDiesOfMalformedTextAndOursPutsTheFileIntoQuarantineIfInputCharsetIsSet()
      throws IOException {
    both.with("inputCharset", "UTF-8");
    both.file("a", bytes("good\nb\u00ffd\nnever\n")).file("b", "after\n");

    assertThat(both.readToDeath().bodies()).isEmpty();
    Outcome ours = both.read(Side.OURS);
    assertThat(ours.bodies()).containsExactly("good", "after");
    assertThat(ours.files())
        .containsExactly(
            "spool/.flumespool/quarantine/a",
            "spool/.flumespool/quarantine/a.report",
            "spool/b.COMPLETED");
  }

  @Test
  void stockDropsHalfACharacterAtTheEndAndOursKeepsIt() throws IOException {
    both.file("a", bytes("line\nend\u00e4\u00b8"));

    assertThat(stock()).containsExactly("line", "end");
    assertThat(ours()).containsExactly("line", "end\u00e4\u00b8");
  }

  @Test
  void stockTearsALineAtABrokenCharacterOfFourBytesAndOursDoesNot() throws IOException {
    both.with("inputCharset", "UTF-8", "decodeErrorPolicy", "REPLACE");
    both.file("a", bytes("123\u00f1\u00b8\u0096\u00f0\u009f\u0098\u0080 rest\nend\n"));

    assertThat(stock()).hasSize(4).startsWith("123").endsWith("et", "end");
    String whole = new String("123\ufffd\ud83d\ude00 rest".getBytes(UTF_8), ISO_8859_1);
    assertThat(ours()).containsExactly(whole, "end");
  }

  @Test
  void stockForgetsTheByteOrderWhenAChannelIsFullAndOursDoesNot() throws IOException {
    List<String> lines = IntStream.range(0, 20).mapToObj(i -> "line " + i).toList();
    String text = "\ufeff" + String.join("\n", lines);
    both.with("inputCharset", "UTF-16", "batchSize", "5").withRoomFor(7);
    both.file("a", text.getBytes(UTF_16LE));

    assertThat(both.readThroughAFullChannel().bodies()).isNotEqualTo(lines);
    assertThat(ours()).isEqualTo(lines);
  }

  /** For ever, unless there is room for all of it: an interceptor puts an end to that. */
  @Test
  void stockRepeatsABlockOfAvroWhenAChannelIsFullAndOursDoesNot() throws IOException {
    both.with("deserializer", "AVRO", "batchSize", "10").withRoomFor(12);
    both.with("interceptors", "i", "interceptors.i.type", Meddler.Builder.class.getName());
    both.with("interceptors.i.failAt", "31").file("a", AvroFile.of(20, 20));

    List<String> stock = both.readThroughAFullChannel().bodies();
    assertThat(stock).hasSize(20);
    assertThat(stock.subList(10, 20)).isEqualTo(stock.subList(0, 10));
    assertThat(ours()).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void stockDiesOfAFileThatIsNotAvroAndOursPutsItIntoQuarantine() throws IOException {
    both.with("deserializer", "AVRO");
    both.file("a", AvroFile.of(2, 1)).file("b", "").file("c", "no Avro");
    both.file("d", AvroFile.of(3, 1));

    assertThat(both.readToDeath().events()).hasSize(2);
    Outcome ours = both.read(Side.OURS);
    assertThat(ours.events()).hasSize(5);
    assertThat(ours.files())
        .contains("spool/.flumespool/quarantine/b", "spool/.flumespool/quarantine/c");
  }

  @Test
  void stockDiesOfACutOffBlockOfAvroAndOursPutsTheFileIntoQuarantine() throws IOException {
    byte[] whole = AvroFile.of(6, 2);
    both.with("deserializer", "AVRO").file("a", Arrays.copyOf(whole, whole.length - 3));

    both.readToDeath();
    Outcome ours = both.read(Side.OURS);
    assertThat(ours.events()).hasSize(4);
    assertThat(ours.files()).contains("spool/.flumespool/quarantine/a");
  }

  @Test
  void stockReadsCompressedFilesAsTextAndOursDecompressesThem() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
      gzip.write("1\n2\n".getBytes(UTF_8));
    }
    both.with("inputCharset", "ISO-8859-1", "deserializer.outputCharset", "ISO-8859-1");
    both.file("a.gz", file.toByteArray());

    List<String> raw =
        List.of(file.toString(ISO_8859_1).split("\n", -1)).stream()
            .filter(line -> !line.isEmpty())
            .collect(Collectors.toList());
    assertThat(stock()).filteredOn(body -> !body.isEmpty()).isEqualTo(raw);
    assertThat(ours()).containsExactly("1", "2");

    both = new SideBySide(folder.resolve("none")).with("inputCharset", "ISO-8859-1");
    both.with("decompress", "none").file("a.gz", file.toByteArray()).assertSame();
  }

  @Test
  void stockReadsCharsetsWithShiftsAndOursRefusesThem() throws IOException {
    both.with("inputCharset", "ISO-2022-JP").file("a", "\u001b$B@$3&\u001b(B\nnext");

    assertThat(stock()).contains("next");
    assertThatThrownBy(this::ours)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("inputCharset = ISO-2022-JP");
  }

  @Test
  void stockFindsAnEmptyFileInRandomOrderOnlyOnceAndOursAlways() throws IOException {
    both.with("consumeOrder", "random").file("a", "").file("b", "").file("c", "");

    assertThat(stock()).containsExactly("");
    assertThat(ours()).containsExactly("", "", "");
  }
}
