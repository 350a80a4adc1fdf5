package io.flafka.spooldir.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineCutterTest {
  @TempDir private Path folder;
  private Path file;
  private int overlong;

  @BeforeEach
  void nameAFile() {
    file = folder.resolve("a.log");
  }

  private LineCutter cutter(long start, long size, LineLimit limit) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(file);
    PlainContent content = new PlainContent(channel, size);
    content.skipTo(start);
    OddLines odd = new OddLines(file, () -> overlong++);
    return new LineCutter(content, start, LineEnd.ASCII, limit, odd);
  }

  private List<String> lines(String content, LineLimit limit) throws IOException {
    Files.writeString(file, content, ISO_8859_1);
    return rest(cutter(0, content.length(), limit), content.length());
  }

  private static List<String> rest(LineCutter lines, long end) throws IOException {
    List<String> all = new ArrayList<>();
    while (lines.next()) {
      all.add(new String(LineText.VERBATIM.body(lines), ISO_8859_1));
    }
    assertThat(lines.offset()).isEqualTo(end);
    assertThat(lines.next()).isFalse();
    return all;
  }

  private static LineLimit split(int longest) {
    return new LineLimit(longest, Overlong.SPLIT, false);
  }

  private static LineLimit stripped(int longest) {
    return new LineLimit(longest, Overlong.SPLIT, true);
  }

  private static LineLimit truncated(int longest) {
    return new LineLimit(longest, Overlong.TRUNCATE, false);
  }

  @Test
  void cutsAtNewlinesAlone() throws IOException {
    assertThat(lines("a\r\nb\u0000\u00ff\rc\n", split(9)))
        .containsExactly("a\r", "b\u0000\u00ff\rc");
  }

  @Test
  void keepsBlankLines() throws IOException {
    assertThat(lines("\n\na\n\n", split(100))).containsExactly("", "", "a", "");
  }

  @Test
  void takesALastLineWithoutNewline() throws IOException {
    assertThat(lines("a\nb", split(100))).containsExactly("a", "b");
    assertThat(lines("b", split(100))).containsExactly("b");
    assertThat(lines("", split(100))).isEmpty();
  }

  @Test
  void splitsALineThatIsTooLongAndLosesNothing() throws IOException {
    assertThat(lines("abcdefgh\nx\n", split(3))).containsExactly("abc", "def", "gh", "x");
    assertThat(lines("abcd", split(3))).containsExactly("abc", "d");
  }

  @Test
  void addsNoEmptyEventAfterALineOfExactlyTheLimit() throws IOException {
    assertThat(lines("abc\nx\n", split(3))).containsExactly("abc", "x");
    assertThat(lines("abcdef\n", split(3))).containsExactly("abc", "def");
    assertThat(lines("abc", split(3))).containsExactly("abc");
  }

  @Test
  void countsLongLinesNotTheirParts() throws IOException {
    lines("aaaaaaa\nb\ncccc", split(2));
    assertThat(overlong).isEqualTo(2);
  }

  @Test
  void stripsOneCarriageReturnBeforeALineEndAndNoOther() throws IOException {
    assertThat(lines("a\r\n\r\r\n\r\nb\rc\nd\r", stripped(9)))
        .containsExactly("a", "\r", "", "b\rc", "d");
  }

  @Test
  void aStrippedCarriageReturnIsNoPartOfTheLimit() throws IOException {
    assertThat(lines("abc\r\nabc\r", stripped(3))).containsExactly("abc", "abc");
    assertThat(overlong).isZero();
    assertThat(lines("abcd\r\nab\r\r\n", stripped(3))).containsExactly("abc", "d", "ab\r");
    assertThat(lines("abcdef\r\nabcd\r", stripped(3))).containsExactly("abc", "def", "abc", "d");
  }

  @Test
  void splitsALineOfAHundredMebibytesKeepingOnePartAtATime() throws IOException {
    int part = 1 << 20;
    Content endless =
        new Content() {
          private long left = 100L * part + 7;

          @Override
          public int read(byte[] to, int from, int length) {
            int read = (int) Math.min(left, length);
            Arrays.fill(to, from, from + read, (byte) 'x');
            left -= read;
            return read == 0 ? -1 : read;
          }

          @Override
          public void skipTo(long offset) {
            throw new UnsupportedOperationException();
          }

          @Override
          public long consumed(long offset) {
            return offset;
          }

          @Override
          public long sizeHint() {
            return left;
          }

          @Override
          public void close() {}
        };
    OddLines odd = new OddLines(file, () -> overlong++);
    LineCutter lines = new LineCutter(endless, 0, LineEnd.ASCII, split(part), odd);

    for (int i = 1; i <= 100; i++) {
      assertThat(lines.next()).isTrue();
      assertThat(lines.length()).isEqualTo(part);
      assertThat(lines.offset()).isEqualTo((long) i * part);
      assertThat(lines.bytes()).hasSizeLessThan(4 * part);
    }
    assertThat(lines.next()).isTrue();
    assertThat(lines.length()).isEqualTo(7);
    assertThat(lines.next()).isFalse();
    assertThat(overlong).isEqualTo(1);
  }

  @Test
  void truncatesALineAndGoesOnBehindIt() throws IOException {
    assertThat(lines("abcdefgh\nx\nabc\nabcd", truncated(3)))
        .containsExactly("abc", "x", "abc", "abc");
    assertThat(overlong).isEqualTo(2);
  }

  @Test
  void truncatesALineOfManyBuffersWithoutKeepingIt() throws IOException {
    String tooLong = "x".repeat(3_000_000);
    Files.writeString(file, tooLong + "\n" + tooLong);
    LineCutter lines = cutter(0, Files.size(file), truncated(10));

    assertThat(lines.next()).isTrue();
    assertThat(lines.offset()).isEqualTo(3_000_001);
    assertThat(lines.bytes()).asString().isEqualTo("xxxxxxxxxx");
    assertThat(rest(lines, 6_000_001)).containsExactly("xxxxxxxxxx");
  }

  @Test
  void staysBetweenCharactersOfTwoBytesHoweverTheyArrive() throws IOException {
    byte[] twoLines = "\u0a0a".repeat(9_000).concat("\n\u0a0a\n").getBytes(UTF_16LE);
    for (Overlong overlong : new Overlong[] {Overlong.SPLIT, Overlong.TRUNCATE}) {
      Content oneByOne = new OneByOne(twoLines);
      LineEnd wide = new LineEnd(new byte[] {'\n', 0}, new byte[] {'\r', 0});
      LineLimit odd = new LineLimit(12_001, overlong, false);
      LineCutter lines =
          new LineCutter(oneByOne, 0, wide, odd, new OddLines(file, () -> this.overlong++));

      assertThat(lines.next()).isTrue();
      assertThat(lines.length()).isEqualTo(12_000);
      if (overlong == Overlong.SPLIT) {
        assertThat(lines.next()).isTrue();
        assertThat(lines.length()).isEqualTo(6_000);
      }
      assertThat(lines.offset()).isEqualTo(18_002);
      assertThat(rest(lines, 18_006)).containsExactly("\n\n");
    }
  }

  /** Content that arrives byte by byte. */
  private static final class OneByOne implements Content {
    private final ByteBuffer rest;

    OneByOne(byte[] all) {
      this.rest = ByteBuffer.wrap(all);
    }

    @Override
    public int read(byte[] to, int from, int length) {
      if (!rest.hasRemaining()) {
        return -1;
      }
      to[from] = rest.get();
      return 1;
    }

    @Override
    public void skipTo(long offset) {
      rest.position((int) offset);
    }

    @Override
    public long consumed(long offset) {
      return offset;
    }

    @Override
    public long sizeHint() {
      return rest.remaining();
    }

    @Override
    public void close() {}
  }

  @Test
  void refusesALongLineAfterAllBeforeWereGiven() throws IOException {
    Files.writeString(file, "ab\ncde\nabcd\nx\n");
    LineCutter lines = cutter(0, 14, new LineLimit(3, Overlong.QUARANTINE, false));

    assertThat(lines.next()).isTrue();
    assertThat(lines.next()).isTrue();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(lines::next)
          .isInstanceOf(MalformedFileException.class)
          .hasMessageContainingAll(
              file.toString(),
              "the line at byte 7",
              "deserializer.maxLineLength = 3 bytes",
              "overlong = split");
    }
    assertThat(lines.offset()).isEqualTo(7);
  }

  @Test
  void keepsALineOfAMebibyteWhole() throws IOException {
    String line = "x".repeat(1 << 20);
    assertThat(lines("a\n" + line + "\n" + line + "y\nb", split(1 << 20)))
        .containsExactly("a", line, line, "y", "b");
  }

  @Test
  void endsWhereItIsToldTo() throws IOException {
    Files.writeString(file, "ab\ncd\nef");

    assertThat(rest(cutter(0, 6, split(100)), 6)).containsExactly("ab", "cd");
  }

  @Test
  void endsEarlyWhereTheFileDoes() throws IOException {
    Files.writeString(file, "ab");

    assertThat(rest(cutter(0, 100, split(100)), 2)).containsExactly("ab");
  }

  /** Every offset that is ever stored must be a place to go on from, to the same lines. */
  @Test
  void goesOnFromEveryOffsetThatItGaveToWhatASimpleModelSays() throws IOException {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      byte[] content = Contents.randomLines(random, 300_000);
      Files.write(file, content);
      LineLimit limit =
          new LineLimit(
              1 + random.nextInt(random.nextBoolean() ? 200 : 200_000),
              random.nextBoolean() ? Overlong.SPLIT : Overlong.TRUNCATE,
              random.nextBoolean());
      LineCutter lines = cutter(0, content.length, limit);
      for (byte[] expected : model(content, limit)) {
        assertThat(lines.next()).as("seed %d", seed).isTrue();
        assertThat(LineText.VERBATIM.body(lines)).as("seed %d", seed).isEqualTo(expected);
        if (random.nextInt(3) == 0) {
          lines = cutter(lines.offset(), content.length, limit);
        }
      }
      assertThat(lines.next()).as("seed %d", seed).isFalse();
      assertThat(lines.offset()).as("seed %d", seed).isEqualTo(content.length);
    }
  }

  private static List<byte[]> model(byte[] content, LineLimit limit) {
    List<byte[]> all = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(content);
    while (rest.hasRemaining()) {
      int start = rest.position();
      int end = start;
      while (end < content.length && content[end] != '\n') {
        end++;
      }
      rest.position(Math.min(end + 1, content.length));
      boolean strip = limit.strip() && end > start && content[end - 1] == '\r';
      byte[] line = Arrays.copyOfRange(content, start, strip ? end - 1 : end);
      int at = 0;
      do {
        int next = Math.min(line.length, at + limit.longest());
        all.add(Arrays.copyOfRange(line, at, next));
        at = next;
      } while (at < line.length && limit.overlong() == Overlong.SPLIT);
    }
    return all;
  }
}
