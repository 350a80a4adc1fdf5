package io.flafka.spooldir.stock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines: whatever is text, and no longer than stock can take, is the same events. */
class StockLinesTest {
  /** Stock's limit, characters. */
  private static final int LONGEST = 2048;

  private static final List<String> CONTENTS =
      List.of(
          "",
          "\n",
          "\n\n\n",
          "\r\n",
          "\r",
          "one",
          "one\n",
          "one\ntwo",
          "one\r\ntwo\r\n",
          "one\rtwo\r\r\n\rthree",
          "\n\none\n\n\ntwo\n\n",
          " blanks \t\n \n\t\n",
          "\u0000\n\u0000a\u0000\n\u0001\u001b[31m\u007f",
          "\ufeffa mark\n\ufeffand another\n",
          "line\u2028separator\u0085next\u000bline\u000c\n",
          "Gr\u00fc\u00dfe\n\u4e16\u754c\n\ud83d\ude00\ud83d\ude00\n",
          "\ud83d\ude00",
          "e\u0301 \u200d \udbff\udfff \uffff \ufffd\n");

  @TempDir private Path folder;

  private SideBySide both() throws IOException {
    return new SideBySide(folder).with("basenameHeader", "true");
  }

  @Test
  void areTheSameWhateverTheirEnds() throws IOException {
    SideBySide both = both();
    for (int i = 0; i < CONTENTS.size(); i++) {
      both.file("content-" + i, CONTENTS.get(i));
    }

    assertThat(both.assertSame().events()).hasSizeGreaterThan(CONTENTS.size());
  }

  @Test
  void areTheSameUpToStocksLimit() throws IOException {
    SideBySide both = both();
    for (String character : List.of("x", "\u00e9", "\u4e16")) {
      String line = character.repeat(LONGEST - 1);
      String name = Integer.toString(character.codePointAt(0));
      both.file(name, line + "\n" + line + "\n\n" + line);
      // To stock, the carriage return counts.
      both.file(name + "-cr", line.substring(1) + "\r\n" + line.substring(1) + "\r");
    }

    both.assertSame();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void areTheSameForAnyText(long seed) throws IOException {
    Random random = new Random(seed);
    SideBySide both = both().with("batchSize", Integer.toString(1 + random.nextInt(300)));
    for (int i = 0; i < 60; i++) {
      both.file("file-" + i, text(random, random.nextInt(20) == 0 ? 60_000 : 600));
    }

    both.assertSame();
  }

  /** So that characters lie across every edge of stock's buffer of 16 KiB. */
  @Test
  void areTheSameAcrossTheEdgesOfBuffers() throws IOException {
    SideBySide both = both();
    for (int before = 0; before < 8; before++) {
      both.file(
          "before-" + before,
          "x".repeat(before) + "\n" + "\ud83d\ude00\u4e16\u00e9\n".repeat(4_000));
    }

    both.assertSame();
  }

  /** Attack traffic: shell code, traversal, terminal escapes, half of a TLS handshake. */
  @Test
  void areTheSameInAttackedLogs() throws IOException {
    Random random = new Random(5);
    List<String> attacks =
        List.of(
            "\"GET /cgi-bin/%%32%65%%32%65/bin/sh HTTP/1.1\" 400 226 \"-\" \"() { :;}; /bin/id\"",
            "\"\\x16\\x03\\x01\\x00\\xee\\x01\" 400 226 \"-\" \"-\"",
            "\"GET /?x=${jndi:ldap://x/\u0000}' OR 1=1;-- HTTP/1.0\" 404 - \"-\" \"\ud83d\udca9\"",
            "\"" + "A".repeat(1_900) + "\" 414 0",
            "\u001b]0;owned\u0007\u001b[2J \"\" 408 -",
            "\"GET /..\\..\\win.ini\" 400 0 \"\" \"\u202egnp.exe\"");
    SideBySide both = both();
    for (int file = 0; file < 10; file++) {
      StringBuilder log = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        log.append("10.0.0.").append(random.nextInt(256)).append(" - - ");
        log.append(attacks.get(random.nextInt(attacks.size())));
        log.append(random.nextBoolean() ? "\r\n" : "\n");
      }
      both.file("access-" + file + ".log", log.toString());
    }

    assertThat(both.assertSame().events()).hasSize(2_000);
  }

  @Test
  void areCutInTheSameWayAtALimitThatIsGiven() throws IOException {
    SideBySide both = both().with("deserializer.maxLineLength", "10");
    for (int length = 0; length < 40; length++) {
      if (length == 0 || length % 10 != 0) {
        both.file("length-" + length, "x".repeat(length) + "\nnext\n" + "y".repeat(length));
      }
    }

    both.assertSame();
  }

  @Test
  void areCutInTheSameWayByTheOldKey() throws IOException {
    both()
        .with("bufferMaxLineLength", "10", "bufferMaxLines", "3")
        .file("a", "x".repeat(25) + "\nnext\n")
        .assertSame();
  }

  /** Valid UTF-8 of all lengths, with every kind of line end; no line is too long. */
  private static byte[] text(Random random, int most) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int inLine = 0;
    for (int i = random.nextInt(most); i > 0; i--) {
      int kind = random.nextInt(40);
      if (kind == 0 || inLine > LONGEST - 10) {
        text.writeBytes((random.nextBoolean() ? "\n" : "\r\n").getBytes(UTF_8));
        inLine = 0;
      } else {
        text.writeBytes(Character.toString(character(random, kind)).getBytes(UTF_8));
        inLine += 2;
      }
    }
    return text.toByteArray();
  }

  private static int character(Random random, int kind) {
    int first = kind < 25 ? 0 : kind < 30 ? 0x80 : kind < 35 ? 0x800 : 0x10000;
    int end = kind < 25 ? 0x80 : kind < 30 ? 0x800 : kind < 35 ? 0xd800 : 0x110000;
    int character = first + random.nextInt(end - first);
    return character == '\n' ? ' ' : character;
  }
}
