package io.flafka.spooldir.stock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Charsets, and what is malformed in them, where stock's source survives it. */
class StockDecodingTest {
  /** In UTF-16 some of it has bytes that look like line ends. */
  private static final String TEXT =
      "Gr\u00fc\u00dfe\r||\u4e16\u754c \u20ac|\ud83d\ude00 \u010a\u0a0d|\u0000\u00ff\ufeff|end"
          .replace('|', '\n');

  @TempDir private Path folder;
  private SideBySide both;

  @BeforeEach
  void open() throws IOException {
    both = new SideBySide(folder).with("basenameHeader", "true", "batchSize", "100");
  }

  @ParameterizedTest
  @CsvSource({
    "ISO-8859-1,UTF-8",
    "ISO-8859-15,UTF-8",
    "windows-1252,ISO-8859-1",
    "UTF-8,UTF-8",
    "UTF-8,ISO-8859-1",
    "UTF-8,UTF-16",
    "UTF-16LE,UTF-8",
    "UTF-16BE,UTF-8",
    "UTF-16,UTF-8",
    "x-UTF-16LE-BOM,UTF-8",
    "UTF-32,UTF-8",
    "US-ASCII,UTF-8",
    "GBK,UTF-8",
    "Shift_JIS,UTF-8",
    "GB18030,UTF-8",
    "IBM037,UTF-8"
  })
  void areTheSameFromOneToTheOther(String input, String output) throws IOException {
    Charset charset = Charset.forName(input);
    both.with("inputCharset", input, "deserializer.outputCharset", output);
    // What a charset lacks is a question mark in both.
    both.file("a", TEXT.getBytes(charset));
    both.file("b", (TEXT + "\n").repeat(300).getBytes(charset));
    both.file("c", "\n".getBytes(charset));

    assertThat(both.assertSame().events()).hasSizeGreaterThan(1_500);
  }

  @ParameterizedTest
  @CsvSource({"UTF-16,UTF-16LE,\ufeff", "UTF-16,UTF-16BE,\ufeff", "UTF-16,UTF-16BE,''"})
  void areTheSameInEitherByteOrder(String input, String order, String mark) throws IOException {
    both.with("inputCharset", input);
    String text = TEXT.replace("\ufeff", "");
    both.file("a", (mark + (text + "\n").repeat(300)).getBytes(Charset.forName(order)));

    both.assertSame();
  }

  @Test
  void onlyTheOutputIsGiven() throws IOException {
    both.with("deserializer.outputCharset", "ISO-8859-1").file("a", TEXT);

    assertThat(both.assertSame().bodies()).contains("Gr\u00fc\u00dfe\r", "?? ?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"REPLACE", "IGNORE", "ignore"})
  void dealAlikeWithWhatIsMalformed(String policy) throws IOException {
    both.with("inputCharset", "UTF-8", "decodeErrorPolicy", policy);
    both.file("latin", "Gr\u00fc\u00dfe\nnext\n".getBytes(ISO_8859_1));
    both.file("half", bytes("a\u00e4\u00b8\n\u00b8\u0096\n\u00f0\u009f\u0098\nend\n"));
    both.file("surrogate", bytes("\u00ed\u00a0\u0080\u00ed\u00b0\u0080\nend\n"));
    both.file("overlong", bytes("\u00c0\u00af\u00e0\u0080\u00af\u00f5\u0090\u0080\u0080\nend\n"));
    both.file("binary", bytes("\u00ff\u00fe\u0000\u0001\n\u0080\u0081\u00fe\nend\n"));

    both.assertSame();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void dealAlikeWithJunk(long seed) throws IOException {
    Random random = new Random(seed);
    both.with("decodeErrorPolicy", random.nextBoolean() ? "REPLACE" : "IGNORE");
    both.with("inputCharset", "UTF-8");
    for (int file = 0; file < 40; file++) {
      both.file("junk-" + file, junk(random, 100));
    }

    both.assertSame();
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  /**
   * Lines of any bytes and of text with a byte changed, with an end that is text. None begins a
   * character of four bytes: where that is broken, stock may lose what follows.
   */
  private static byte[] junk(Random random, int lines) {
    ByteArrayOutputStream junk = new ByteArrayOutputStream();
    for (int i = random.nextInt(lines); i > 0; i--) {
      byte[] line = new byte[random.nextInt(100)];
      if (random.nextBoolean()) {
        for (int k = 0; k < line.length; k++) {
          line[k] = (byte) random.nextInt(0xf0);
        }
      } else {
        line = "10.0.0.1 \u00e9\u4e16\u4e16 \"GET /\" 200".getBytes(UTF_8);
        line[random.nextInt(line.length)] = (byte) random.nextInt(0xf0);
      }
      junk.writeBytes(line);
      junk.write('\n');
    }
    junk.writeBytes(bytes("end"));
    return junk.toByteArray();
  }
}
