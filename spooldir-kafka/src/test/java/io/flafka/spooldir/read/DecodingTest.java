package io.flafka.spooldir.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodingTest {
  @TempDir private Path folder;

  private TestFile file(byte[] content, String... keys) throws IOException {
    return new TestFile(folder.resolve("a.log"), content).with(keys);
  }

  private static List<String> texts(List<byte[]> bodies) {
    return bodies.stream().map(body -> new String(body, UTF_8)).toList();
  }

  @Test
  void writesUtf8FromWhateverIsRead() throws IOException {
    for (String name :
        new String[] {
          "ISO-8859-1",
          "windows-1252",
          "UTF-8",
          "UTF-16LE",
          "UTF-16BE",
          "UTF-32LE",
          "UTF-32BE",
          "UTF-16",
          "UTF-32",
          "x-UTF-16LE-BOM",
          "X-UTF-32LE-BOM",
          "X-UTF-32BE-BOM",
          "IBM037",
          "IBM1047",
          "GB18030"
        }) {
      Charset charset = Charset.forName(name);
      String text = "caf\u00e9 \u00fc\r\n\n\u010a\u0a0a\u00d8\nlast";
      String known = new String(text.getBytes(charset), charset);
      TestFile file = file(known.getBytes(charset), "inputCharset", name);

      assertThat(texts(file.bodiesFromEverywhere())).as(name).containsExactly(known.split("\n"));
    }
  }

  @Test
  void writesTheOutputCharset() throws IOException {
    TestFile file =
        file("\u00e9\u4e2d\n".getBytes(UTF_8), "deserializer.outputCharset", "ISO-8859-1");

    assertThat(file.bodies(0)).containsExactly(new byte[] {(byte) 0xe9, '?'});
  }

  @Test
  void followsTheMarkAtTheFilesBeginningWhereverItGoesOn() throws IOException {
    for (Charset order : List.of(UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE"))) {
      String family = order.name().substring(0, 6);
      for (String mark : new String[] {"", "\ufeff"}) {
        byte[] content = (mark + "a\n\u00e9\r\nc").getBytes(order);
        boolean known = !mark.isEmpty();
        TestFile file =
            file(
                content,
                "inputCharset",
                known ? family : order.name(),
                "stripCarriageReturn",
                "true");

        assertThat(texts(file.bodiesFromEverywhere())).containsExactly("a", "\u00e9", "c");
      }
    }
  }

  @Test
  void aMarkAloneIsAnEmptyFile() throws IOException {
    TestFile file = file("\ufeff".getBytes(UTF_16LE), "inputCharset", "UTF-16");

    assertThat(texts(file.bodiesFromEverywhere())).containsExactly("");
  }

  @Test
  void refusesWhatIsMalformedAfterAllBeforeWasGiven() throws IOException {
    TestFile.Broken broken = file(latin1("ab\nc\u00e9d\nx\n"), "inputCharset", "UTF-8").broken();

    assertThat(texts(broken.bodies())).containsExactly("ab");
    assertThat(broken.failure())
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContainingAll(
            folder.resolve("a.log") + ": byte 4 ", "inputCharset = UTF-8", "REPLACE or IGNORE");
  }

  @Test
  void replacesOrIgnoresWhatIsMalformedAndCountsItsLines() throws IOException {
    byte[] content = latin1("ab\nc\u00e9\u00ead\n\u00e9\n");
    TestFile file = file(content, "inputCharset", "UTF-8", "decodeErrorPolicy", "replace");
    assertThat(texts(file.bodies(0))).containsExactly("ab", "c\ufffd\ufffdd", "\ufffd");
    assertThat(file.malformed).isEqualTo(2);

    assertThat(texts(file.with("decodeErrorPolicy", "IGNORE").bodies(0)))
        .containsExactly("ab", "cd", "");
  }

  @Test
  void aCharacterThatTheFilesEndCutsIsMalformed() throws IOException {
    for (Charset charset : List.of(UTF_8, UTF_16LE)) {
      byte[] whole = "a\nb\u4e2d".getBytes(charset);
      byte[] content = Arrays.copyOf(whole, whole.length - 1);
      TestFile file = file(content, "inputCharset", charset.name());
      assertThat(texts(file.broken().bodies())).containsExactly("a");
      assertThat(file.broken().failure()).isInstanceOf(MalformedFileException.class);

      file.with("decodeErrorPolicy", "REPLACE");
      assertThat(texts(file.bodies(0))).containsExactly("a", "b\ufffd");
    }
  }

  @Test
  void goesNotOnInTheMiddleOfACharacter() throws IOException {
    TestFile file = file("ab\ncd\n".getBytes(UTF_16LE), "inputCharset", "UTF-16LE");

    // What a line of bytes ends behind.
    assertThatThrownBy(() -> file.open(5))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining(folder.resolve("a.log") + ": byte 5");
    assertThat(texts(file.bodies(6))).containsExactly("cd");
  }

  @Test
  void aLongLineIsCutBetweenCharacters() throws IOException {
    String line = "\ud83d\ude00\u4e2d\u00e9x".repeat(40);
    for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE, Charset.forName("GB18030"))) {
      for (int limit = 8; limit < 30; limit++) {
        TestFile file =
            file(
                (line + "\nb\n").getBytes(charset),
                "inputCharset",
                charset.name(),
                "deserializer.maxLineLength",
                Integer.toString(limit));
        List<String> texts = texts(file.bodiesFromEverywhere());

        assertThat(texts).endsWith("b").noneMatch(text -> text.contains("\ufffd"));
        assertThat(String.join("", texts)).isEqualTo(line + "b");
        int longest = limit;
        assertThat(texts).allMatch(text -> text.getBytes(charset).length <= longest);
      }
    }
  }

  @Test
  void aTruncatedLineIsCutBetweenCharacters() throws IOException {
    TestFile file =
        file(
                "\u4e2d\u4e2d\u4e2d\u4e2d\nb\n".getBytes(UTF_8),
                "inputCharset",
                "UTF-8",
                "overlong",
                "truncate")
            .with("deserializer.maxLineLength", "10");

    assertThat(texts(file.bodiesFromEverywhere())).containsExactly("\u4e2d\u4e2d\u4e2d", "b");
  }

  /** The model decodes the whole file and splits the text, which only valid input allows. */
  @Test
  void agreesWithDecodingTheWholeFile() throws IOException {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      List<String> lines = new ArrayList<>();
      for (int i = 1 + random.nextInt(40); i > 0; i--) {
        StringBuilder line = new StringBuilder();
        for (int j = random.nextInt(random.nextInt(8) == 0 ? 40_000 : 80); j > 0; j--) {
          int character = random.nextInt(random.nextBoolean() ? 0x80 : 0x11_0000);
          if (Character.isDefined(character)
              && character != '\n'
              && character != 0xfeff
              && (character < 0xd800 || character > 0xdfff)) {
            line.appendCodePoint(character);
          }
        }
        lines.add(line.toString());
        text.append(line).append('\n');
      }
      Charset charset = List.of(UTF_8, UTF_16LE, UTF_16BE).get(random.nextInt(3));
      TestFile file = file(text.toString().getBytes(charset), "inputCharset", charset.name());

      assertThat(texts(file.bodies(0))).as("seed %d", seed).isEqualTo(lines);
    }
  }

  @Test
  void refusesCharsetsThatItCannotReadLineByLine() throws IOException {
    assertRefused("inputCharset", "klingon", "it takes a charset that this JVM knows");
    assertRefused("inputCharset", "ISO-2022-JP", "can't be told without those before it");
    assertRefused("inputCharset", "x-IBM930", "can't be told without those before it");
    assertRefused("inputCharset", "x-JIS0208", "can't be told without those before it");
    assertRefused("deserializer.outputCharset", "ISO-2022-CN", "nothing can be written in");
  }

  private void assertRefused(String key, String value, String reason) throws IOException {
    TestFile file = file(new byte[0], key, value);
    assertThatThrownBy(file::format)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(key + " = " + value)
        .hasMessageContaining(reason);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
