package io.flafka.spooldir.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.spooldir.read.Words;
import io.flafka.spooldir.stock.SideBySide.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deserializers, interceptors and selectors, Flume's and the user's. */
class StockDeserializersTest {
  @TempDir private Path folder;
  private SideBySide both;

  @BeforeEach
  void open() throws IOException {
    both = new SideBySide(folder).with("basenameHeader", "true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HASH", "LITERAL"})
  void avroIsTheSame(String schemaType) throws IOException {
    Outcome ours =
        both.with("deserializer", "AVRO", "deserializer.schemaType", schemaType)
            // Lines have nothing to do with it.
            .with("inputCharset", "US-ASCII", "bufferMaxLineLength", "3")
            .file("a.avro", AvroFile.of(100, 9))
            .file("b.avro", AvroFile.of(1, 1))
            .file("none.avro", AvroFile.of(0, 1))
            .file("c.avro", AvroFile.of(3_000, 3_000))
            .assertSame();

    assertThat(ours.events()).hasSize(3_102);
    assertThat(ours.events().get(0).headers().keySet())
        .containsExactly("basename", "flume.avro.schema." + schemaType.toLowerCase(Locale.ROOT));
  }

  @Test
  void avroMayBeNamedByItsClass() throws IOException {
    both.with("deserializer", "org.apache.flume.serialization.AvroEventDeserializer$Builder")
        .file("a.avro", AvroFile.of(10, 3))
        .assertSame();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"LINE", "line", "org.apache.flume.serialization.LineDeserializer$Builder"})
  void linesMayBeNamedAnyWay(String name) throws IOException {
    both.with("deserializer", name).file("a", "1\r\n2").assertSame();
  }

  @Test
  void theUsersOwnIsTheSame() throws IOException {
    Outcome ours =
        both.with("deserializer", Words.Builder.class.getName())
            .with("inputCharset", "ISO-8859-1", "deserializer.poison", "arsenic")
            .file("words", "one two poison \u00e9t\u00e9 five six seven eight nine ten\n")
            .file("empty", "")
            .file("more", "word ".repeat(1_000))
            .assertSame();

    assertThat(ours.events()).hasSize(1_011);
  }

  @Test
  void wholeFilesAreTheSame() throws IOException {
    byte[] junk = new byte[50_000];
    new Random(1).nextBytes(junk);

    both.with("deserializer", WholeFile.Builder.class.getName())
        .with("deserializer.maxBlobLength", "40000")
        .file("small", "1\n2\n")
        .file("large", junk)
        .file("empty", "")
        .assertSame();
  }

  @Test
  void interceptorsAndSelectorsSeeTheSame() throws IOException {
    Outcome ours =
        both.with("channels", "c1 c2", "interceptors", "fixed status fine")
            .with("interceptors.fixed.type", "static", "interceptors.fixed.key", "site")
            .with("interceptors.fixed.value", "loudacre")
            .with("interceptors.status.type", "regex_extractor")
            .with("interceptors.status.regex", "\" (\\d)\\d\\d ")
            .with("interceptors.status.serializers", "s1")
            .with("interceptors.status.serializers.s1.name", "class")
            .with("interceptors.fine.type", "regex_filter")
            .with("interceptors.fine.regex", "favicon", "interceptors.fine.excludeEvents", "true")
            .with("selector.type", "multiplexing", "selector.header", "class")
            .with("selector.mapping.2", "c1", "selector.default", "c2")
            .file("a", "\"GET / HTTP/1.0\" 200 1\n\"GET /favicon.ico\" 404 0\n\"\" 400 0\n\nx\n")
            .file("b", "\"GET /favicon.ico\" 200 0\n")
            .file("c", "\"POST / HTTP/1.0\" 201 1\n".repeat(500))
            .assertSame();

    assertThat(ours.events().stream().filter(event -> event.channel().equals("c2"))).hasSize(3);
    assertThat(ours.events()).hasSize(504);
    assertThat(ours.events().get(0).headers()).containsEntry("site", "loudacre");
  }

  @Test
  void everyChannelGetsAll() throws IOException {
    both.with("channels", "c1 c2 c3", "selector.type", "replicating")
        .file("a", "1\n2\n".repeat(300));

    assertThat(both.assertSame().events()).hasSize(1_800);
  }
}
