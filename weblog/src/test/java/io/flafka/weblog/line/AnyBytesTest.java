package io.flafka.weblog.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as they come from the network, changed at random: reading them never throws. */
class AnyBytesTest {
  private static final List<String> LINES =
      List.of(
          "10.0.0.7 - - [29/Feb/2016:10:05:03 +0000] \"GET /a.png HTTP/1.1\" 200 203023"
              + " \"http://a.example/b/\" \"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_1)\"",
          "2001:db8::1 - john doe [22/Dec/2016:22:32:31 +0300] \"\\x16\\x03\\x01\\x02\" 400 226"
              + " \"-\" \"-\"",
          "\"192.0.2.3 - - [22/Dec/2016:22:32:31 +0300] \"GET /?q=<script>alert('x')</script>"
              + "&y=../../etc/passwd HTTP/1.1\" 404 503 \"-\" \"scan\\\"ner\"\"\r",
          "h - \"\" [31/Dec/2016:23:59:60 -0930] \"-\" 408 - \"-\" \"() { :; }; /bin/sh -c 'x'\"",
          "x [y] [z] - - \"\\\\\\\" \\",
          "");
  private static final byte[] TELLING =
      "[]\" \\-/:+0123456789\r\n\u0000\u00ff?".getBytes(ISO_8859_1);

  private static byte[] changed(byte[] line, Random random) {
    byte[] changed = Arrays.copyOf(line, line.length + random.nextInt(4));
    for (int changes = random.nextInt(6); changes > 0 && changed.length > 0; changes--) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(4)) {
        case 0 -> changed[at] = TELLING[random.nextInt(TELLING.length)];
        case 1 -> changed[at] = (byte) random.nextInt();
        case 2 -> changed = Arrays.copyOf(changed, at);
        default -> System.arraycopy(changed, at, changed, at / 2, changed.length - at);
      }
    }
    return changed;
  }

  private static byte[] junk(Random random) {
    byte[] junk = new byte[random.nextInt(200)];
    random.nextBytes(junk);
    for (int i = 0; i < junk.length; i++) {
      if (random.nextInt(3) == 0) {
        junk[i] = TELLING[random.nextInt(TELLING.length)];
      }
    }
    return junk;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "any",
        "common",
        "combined",
        "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"",
      })
  void areReadOrToldWhy(String format) {
    long seed = 20161222;
    Random random = new Random(seed);
    LineReader reader = LineFormat.parse(format).reader(EnumSet.allOf(Field.class));
    int fitting = 0;
    for (int i = 0; i < 60_000; i++) {
      byte[] line =
          i % 4 == 0
              ? junk(random)
              : changed(LINES.get(random.nextInt(LINES.size())).getBytes(ISO_8859_1), random);
      assertThatCode(() -> readAll(reader, line))
          .as("seed %d, %s", seed, new String(line, ISO_8859_1))
          .doesNotThrowAnyException();
      boolean fits = reader.read(line) == null;
      fitting += fits ? 1 : 0;
      assertThat(fits && reader.timestamp() == null).isFalse();
    }
    assertThat(fitting).as("some still fit").isBetween(1_000, 50_000);
  }

  private static void readAll(LineReader reader, byte[] line) {
    if (reader.read(line) == null) {
      for (Field field : Field.values()) {
        String text = reader.text(field);
        assertThat(text).isNotEqualTo("").isNotEqualTo("-");
      }
    }
  }
}
