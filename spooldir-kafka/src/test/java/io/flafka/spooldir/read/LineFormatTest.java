package io.flafka.spooldir.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFormatTest {
  @TempDir private Path folder;

  private static LineFormat parse(Map<String, String> keys) {
    Settings settings = new Settings("source r1", new Context(keys));
    InputFormat format = InputFormat.parse(settings);
    return settings.complete(() -> (LineFormat) format);
  }

  private static void assertRefused(String key, String value, String reason) {
    assertThatThrownBy(() -> parse(Map.of(key, value)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(key + " = " + value)
        .hasMessageContaining(reason);
  }

  @Test
  void takesLinesThatKafkaTakesAsTheyAre() {
    LineLimit limit = new LineLimit((1 << 20) - (1 << 10), Overlong.SPLIT, false);
    for (String spelling :
        new String[] {"line", "org.apache.flume.serialization.LineDeserializer$Builder"}) {
      LineFormat format = parse(Map.of("deserializer", spelling));
      assertThat(format.limit()).isEqualTo(limit);
      assertThat(format.decoding()).isEmpty();
      assertThat(format.decompress()).isEqualTo(Decompress.AUTO);
    }
  }

  @Test
  void namesWhatItsOffsetsCount() {
    assertThat(parse(Map.of()).name(Path.of("a.log"))).isEqualTo("LINE");
    assertThat(parse(Map.of()).name(Path.of("a.gz"))).isEqualTo("LINE/decompressed");
    assertThat(parse(Map.of("decompress", "none")).name(Path.of("a.gz"))).isEqualTo("LINE");
  }

  @Test
  void takesTheOldNameOfTheLineLength() {
    assertThat(parse(Map.of("bufferMaxLineLength", "77")).limit().longest()).isEqualTo(77);
    assertRefused("deserializer.maxLineLength", "0", "at least 1");
    assertRefused("deserializer.maxLineLength", "2147483647", "at most");
  }

  @Test
  void namesTheChoicesThatItHas() {
    assertRefused("overlong", "drop", "one of split, truncate, quarantine");
    assertRefused("stripCarriageReturn", "yes", "true or false");
    assertRefused("decompress", "gzip", "one of auto, none");
    assertRefused("decodeErrorPolicy", "ask", "one of fail, replace, ignore");
  }

  @Test
  void aLimitBelowACharacterIsRefusedWhereLinesAreDecoded() {
    Map<String, String> keys = Map.of("inputCharset", "UTF-8", "deserializer.maxLineLength", "7");
    assertThatThrownBy(() -> parse(keys)).hasMessageContaining("at least 8 bytes");
  }

  @Test
  void decodesOnlyWhatIsNotToPassThrough() {
    assertThat(parse(Map.of("decodeErrorPolicy", "REPLACE")).decoding()).isEmpty();
    assertThat(parse(Map.of("deserializer.outputCharset", "utf8")).decoding()).isEmpty();
    assertThat(parse(Map.of("inputCharset", "UTF-8")).decoding()).isPresent();
    assertThat(parse(Map.of("deserializer.outputCharset", "UTF-16")).decoding())
        .hasValueSatisfying(decoding -> assertThat(decoding.input()).hasToString("UTF-8"));
  }

  @Test
  void anEmptyFileIsAnEventButNotOneThatHasBecomeEmpty() throws IOException {
    TestFile file = new TestFile(folder.resolve("a"), new byte[0]);
    assertThat(file.bodies(0)).containsExactly(new byte[0]);

    Input before = new Input(Files.createFile(folder.resolve("b")), 5, "s", 0, Map.of());
    try (EventReader reader = file.format().open(before, file)) {
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void theLastLineIsReadOnceAndNothingFollowsItsEnd() throws IOException {
    TestFile file = new TestFile(folder.resolve("a"), "a\nbc".getBytes(ISO_8859_1));

    assertThat(file.bodies(2)).containsExactly("bc".getBytes(ISO_8859_1));
    assertThat(file.bodies(4)).isEmpty();
  }

  @Test
  void eventsHaveTheHeadersOfTheirFile() throws IOException {
    try (EventReader reader = new TestFile(folder.resolve("a"), new byte[] {'x'}).open(0)) {
      FileEvent event = reader.next();
      assertThat(event).isNotNull();
      assertThat(event.getHeaders()).isEqualTo(Map.of("basename", "a"));
      assertThat(reader.consumed()).isEqualTo(1);
    }
  }

  @Test
  void offsetsOfStockFlumeHoldUnlessTheFileIsDecompressed() throws IOException {
    assertThat(parse(Map.of()).offsetAt(Path.of("a.log"), 7)).isEqualTo(7);
    assertThat(parse(Map.of()).offsetAt(Path.of("a.gz"), 7)).isZero();
    assertThat(parse(Map.of("decompress", "none")).offsetAt(Path.of("a.gz"), 7)).isEqualTo(7);
  }
}
