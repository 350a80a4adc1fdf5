package io.flafka.spooldir.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineCutterTest {
  private static LineCutter reader(byte[] content, int start, int longest) {
    byte[] rest = Arrays.copyOfRange(content, start, content.length);
    ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(rest));
    return new LineCutter(channel, start, content.length, longest);
  }

  private static List<String> lines(String content, int longest) throws IOException {
    LineCutter reader = reader(content.getBytes(ISO_8859_1), 0, longest);
    List<String> lines = new ArrayList<>();
    for (byte[] line = reader.next(); line != null; line = reader.next()) {
      lines.add(new String(line, ISO_8859_1));
    }
    assertThat(reader.offset()).isEqualTo(content.length());
    assertThat(reader.next()).isNull();
    return lines;
  }

  @Test
  void cutsAtNewlinesAlone() throws IOException {
    assertThat(lines("a\r\nb\u0000\u00ff\rc\n", 100)).containsExactly("a\r", "b\u0000\u00ff\rc");
  }

  @Test
  void keepsBlankLines() throws IOException {
    assertThat(lines("\n\na\n\n", 100)).containsExactly("", "", "a", "");
  }

  @Test
  void takesALastLineWithoutNewline() throws IOException {
    assertThat(lines("a\nb", 100)).containsExactly("a", "b");
    assertThat(lines("b", 100)).containsExactly("b");
    assertThat(lines("", 100)).isEmpty();
  }

  @Test
  void splitsALineThatIsTooLongAndLosesNothing() throws IOException {
    assertThat(lines("abcdefgh\nx\n", 3)).containsExactly("abc", "def", "gh", "x");
    assertThat(lines("abcd", 3)).containsExactly("abc", "d");
  }

  @Test
  void addsNoEmptyEventAfterALineOfExactlyTheLimit() throws IOException {
    assertThat(lines("abc\nx\n", 3)).containsExactly("abc", "x");
    assertThat(lines("abcdef\n", 3)).containsExactly("abc", "def");
    assertThat(lines("abc", 3)).containsExactly("abc");
  }

  @Test
  void countsLongLinesNotTheirParts() throws IOException {
    LineCutter reader = reader("aaaaaaa\nb\ncccc".getBytes(ISO_8859_1), 0, 2);
    while (reader.next() != null) {}

    assertThat(reader.linesInParts()).isEqualTo(2);
  }

  @Test
  void keepsALineOfAMebibyteWhole() throws IOException {
    String line = "x".repeat(1 << 20);
    assertThat(lines("a\n" + line + "\n" + line + "y\nb", 1 << 20))
        .containsExactly("a", line, line, "y", "b");
  }

  @Test
  void endsWhereItIsToldTo() throws IOException {
    ReadableByteChannel growing =
        Channels.newChannel(new ByteArrayInputStream("ab\ncd\nef".getBytes(ISO_8859_1)));
    LineCutter reader = new LineCutter(growing, 0, 6, 100);

    assertThat(reader.next()).asString().isEqualTo("ab");
    assertThat(reader.next()).asString().isEqualTo("cd");
    assertThat(reader.next()).isNull();
    assertThat(reader.offset()).isEqualTo(6);
  }

  @Test
  void endsEarlyWhereTheFileDoes() throws IOException {
    ReadableByteChannel shrunk =
        Channels.newChannel(new ByteArrayInputStream("ab".getBytes(ISO_8859_1)));
    LineCutter reader = new LineCutter(shrunk, 0, 100, 100);

    assertThat(reader.next()).asString().isEqualTo("ab");
    assertThat(reader.next()).isNull();
    assertThat(reader.offset()).isEqualTo(2);
  }

  /** Every offset that is ever stored must be a place to go on from, to the same lines. */
  @Test
  void goesOnFromEveryOffsetThatItGave() throws IOException {
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      byte[] content = randomLines(random);
      int longest = 1 + random.nextInt(40_000);
      LineCutter whole = reader(content, 0, longest);
      LineCutter resumed = whole;
      for (byte[] line = whole.next(); line != null; line = whole.next()) {
        byte[] other = resumed == whole ? line : resumed.next();
        assertThat(other).as("seed %d", seed).isEqualTo(line);
        assertThat(resumed.offset()).as("seed %d", seed).isEqualTo(whole.offset());
        if (random.nextInt(3) == 0) {
          resumed = reader(content, (int) whole.offset(), longest);
        }
      }
      assertThat(whole.offset()).isEqualTo(content.length);
    }
  }

  private static byte[] randomLines(Random random) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int i = random.nextInt(60); i > 0; i--) {
      byte[] line =
          new byte[random.nextInt(20) == 0 ? random.nextInt(90_000) : random.nextInt(300)];
      random.nextBytes(line);
      content.writeBytes(line);
      content.write('\n');
    }
    return content.toByteArray();
  }
}
