package io.flafka.spooldir.read;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecompressTest {
  private enum Kind {
    GZ,
    ZST;

    byte[] of(byte[] content) {
      return this == GZ ? Contents.gzip(content) : zstd(content);
    }

    byte[] of(String content) {
      return of(content.getBytes(UTF_8));
    }
  }

  private static final byte[] GARBAGE = "garbage".getBytes(UTF_8);

  @TempDir private Path folder;

  private static byte[] zstd(byte[] content) {
    try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
      zstd.setChecksum(true);
      return zstd.compress(content);
    }
  }

  private TestFile file(Kind kind, byte[] compressed) throws IOException {
    return new TestFile(
        folder.resolve("a.log." + kind.name().toLowerCase(Locale.ROOT)), compressed);
  }

  private TestFile.Broken broken(Kind kind, byte[] compressed) throws IOException {
    TestFile.Broken broken = file(kind, compressed).broken();
    assertThat(broken.failure())
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContainingAll(folder.toString(), "corrupt, or still being written");
    return broken;
  }

  private static List<String> texts(List<byte[]> bodies) {
    return bodies.stream().map(body -> new String(body, UTF_8)).toList();
  }

  @ParameterizedTest
  @EnumSource
  void readsAllParts(Kind kind) throws IOException {
    byte[] file = Contents.join(kind.of("a\nb"), kind.of(""), kind.of("c\n"), kind.of("d"));

    assertThat(texts(file(kind, file).bodiesFromEverywhere())).containsExactly("a", "bc", "d");
  }

  @ParameterizedTest
  @EnumSource
  void readsWhatWasCompressedFromEveryOffset(Kind kind) throws IOException {
    for (long seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      byte[] content = Contents.randomLines(random, 400_000);
      if (content.length == 0) {
        continue;
      }
      int cut = random.nextInt(content.length);
      byte[] compressed =
          Contents.join(
              kind.of(Arrays.copyOf(content, cut)),
              kind.of(Arrays.copyOfRange(content, cut, content.length)));
      List<byte[]> plain = new TestFile(folder.resolve("plain"), content).bodies(0);

      assertThat(file(kind, compressed).bodiesFromEverywhere())
          .as("seed %d", seed)
          .containsExactlyElementsOf(plain);
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesNoHalfOfALineWhereTheFileIsCutOff(Kind kind) throws IOException {
    String text = numbers(3_000);
    List<String> lines = text.lines().toList();
    byte[] first = kind.of(text);
    byte[] file = Contents.join(first, kind.of("z\ny"));
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      if (length == first.length) {
        assertThat(texts(file(kind, cut).bodies(0))).isEqualTo(lines);
        continue;
      }
      List<String> given = texts(broken(kind, cut).bodies());
      int before = Math.min(given.size(), lines.size());
      assertThat(given.subList(0, before)).isEqualTo(lines.subList(0, before));
      assertThat(given.subList(before, given.size())).isSubsetOf("z");
      if (length > first.length) {
        assertThat(given).hasSizeGreaterThanOrEqualTo(lines.size());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesEveryLineOfAFileThatLacksOnlyItsChecksum(Kind kind) throws IOException {
    String numbers = numbers(100_000);
    byte[] file = kind.of(numbers);
    for (int missing : new int[] {1, 4}) {
      assertThat(texts(broken(kind, Arrays.copyOf(file, file.length - missing)).bodies()))
          .isEqualTo(numbers.lines().toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void doesNotLookAtWhatAWriterAdds(Kind kind) throws IOException {
    String numbers = numbers(300_000);
    byte[] picked = kind.of(numbers);
    TestFile file = file(kind, Contents.join(picked, kind.of("c\n")));
    Path path = folder.resolve("a.log." + kind.name().toLowerCase(Locale.ROOT));
    List<byte[]> bodies = new ArrayList<>();
    EventReader reader = file.format().open(new Input(path, picked.length, "s", 0, Map.of()), file);

    assertThat(TestFile.readAll(reader, bodies, new ArrayList<>())).isNull();
    assertThat(texts(bodies)).isEqualTo(numbers.lines().toList());
  }

  private static String numbers(int length) {
    Random random = new Random(2);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(random.nextLong()).append('\n');
    }
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource
  void neverEndsInPeaceWhereABitIsWrong(Kind kind) throws IOException {
    String content = "some words, and some more words\n".repeat(50) + "the last";
    byte[] good = kind.of(content);
    int harmless = 0;
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] file = good.clone();
      file[bit / 8] ^= (byte) (1 << bit % 8);
      TestFile.Broken broken = file(kind, file).broken();
      if (broken.failure() == null) {
        // A header says when, and by which system, it was written, and what nobody reads.
        assertThat(String.join("\n", texts(broken.bodies()))).isEqualTo(content);
        harmless++;
      } else {
        assertThat(broken.failure()).isInstanceOf(MalformedFileException.class);
        assertThat(texts(broken.bodies())).doesNotContain("the last");
      }
    }
    assertThat(harmless).isLessThan(8 * 8);
  }

  @ParameterizedTest
  @EnumSource
  void noticesGarbageBehindTheData(Kind kind) throws IOException {
    for (byte[] tail : List.of(GARBAGE, new byte[] {0x1f}, new byte[] {0, 0, 1}, new byte[] {7})) {
      TestFile.Broken broken = broken(kind, Contents.join(kind.of("a\nb"), tail));
      assertThat(texts(broken.bodies())).containsExactly("a");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileOfNoBytesIsCutOffButOneOfNoContentIsEmpty(Kind kind) throws IOException {
    assertThat(broken(kind, new byte[0]).bodies()).isEmpty();
    assertThat(texts(file(kind, kind.of("")).bodies(0))).containsExactly("");
  }

  @ParameterizedTest
  @EnumSource
  void saysWhereItBreaksOff(Kind kind) throws IOException {
    byte[] good = kind.of("abc\ndef\n");

    assertThat(broken(kind, Contents.join(good, GARBAGE)).failure())
        .hasMessageMatching(".*at byte \\d+ of the file, after 8 bytes of content.*");
    assertThat(broken(kind, Arrays.copyOf(good, good.length - 1)).failure())
        .hasMessageContaining("at byte " + (good.length - 1) + " of the file");
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatEndsBeforeItsOffsetIsRefused(Kind kind) throws IOException {
    TestFile file = file(kind, kind.of("abc\n"));

    assertThat(file.bodies(4)).isEmpty();
    for (long offset : new long[] {5, 5_000_000}) {
      assertThatThrownBy(() -> file.open(offset))
          .isInstanceOf(MalformedFileException.class)
          .hasMessageContaining("the content ends before byte " + offset);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isReadAsItIsIfAskedFor(Kind kind) throws IOException {
    byte[] compressed = kind.of("a\nb");
    TestFile file = file(kind, compressed).with("decompress", "none");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] body : file.bodies(0)) {
      all.writeBytes(body);
      all.write('\n');
    }

    assertThat(all.toByteArray()).startsWith(compressed);
  }

  @ParameterizedTest
  @EnumSource
  void isDecodedToo(Kind kind) throws IOException {
    byte[] compressed = kind.of("\ufeffa\n\u00e9\n".getBytes(UTF_16LE));
    TestFile file = file(kind, compressed).with("inputCharset", "UTF-16");

    assertThat(texts(file.bodiesFromEverywhere())).containsExactly("a", "\u00e9");
  }

  @ParameterizedTest
  @EnumSource
  void countsWhatItUsedOfTheFile(Kind kind) throws IOException {
    byte[] compressed = kind.of("a\n".repeat(1000));
    try (EventReader reader = file(kind, compressed).open(0)) {
      while (reader.next() != null) {}
      assertThat(reader.offset()).isEqualTo(2000);
      assertThat(reader.consumed()).isEqualTo(compressed.length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTruncatedOnPurposeIsStillReadToItsEnd(Kind kind) throws IOException {
    byte[] good = kind.of("ab\n" + "x".repeat(100_000) + "\nb");
    String[] keys = {"deserializer.maxLineLength", "3", "overlong", "truncate"};
    assertThat(texts(file(kind, good).with(keys).bodiesFromEverywhere()))
        .containsExactly("ab", "xxx", "b");

    byte[] cut = Arrays.copyOf(good, good.length - 9);
    assertThat(texts(file(kind, cut).with(keys).broken().bodies())).doesNotContain("b");
  }

  @Test
  void zerosMayPadAGzipFile() throws IOException {
    byte[] padded = Contents.join(Kind.GZ.of("a\nb"), new byte[100_000]);

    assertThat(texts(file(Kind.GZ, padded).bodies(0))).containsExactly("a", "b");
  }

  @Test
  void givesWhatStandsBeforeABlockThatIsNoDeflate() throws IOException {
    byte[] block = new byte[100];
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput("a\nb\nc".getBytes(UTF_8));
    int length = deflater.deflate(block, 0, block.length, Deflater.SYNC_FLUSH);
    deflater.end();
    byte[] header = Arrays.copyOf(Kind.GZ.of(""), 10);
    byte[] noBlock = {7, 7, 7};
    TestFile.Broken broken =
        broken(Kind.GZ, Contents.join(header, Arrays.copyOf(block, length), noBlock));

    assertThat(texts(broken.bodies())).containsExactly("a", "b");
    assertThat(broken.failure())
        .hasMessageContainingAll("the gzip data is corrupt", "after 5 bytes of content");
  }

  @Test
  void readsAllThatAGzipHeaderMayHold() throws IOException {
    byte[] plain = Kind.GZ.of("a\nb");
    byte[] fields =
        Contents.join(
            new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3},
            new byte[] {3, 0, 0, 9, 0},
            "name\0comment\0".getBytes(UTF_8));
    CRC32 checksum = new CRC32();
    checksum.update(fields);
    byte[] body = Arrays.copyOfRange(plain, 10, plain.length);
    byte[] sum = {(byte) checksum.getValue(), (byte) (checksum.getValue() >> 8)};
    assertThat(texts(file(Kind.GZ, Contents.join(fields, sum, body)).bodies(0)))
        .containsExactly("a", "b");

    sum[0]++;
    assertThat(broken(Kind.GZ, Contents.join(fields, sum, body)).failure())
        .hasMessageContaining("checksum of the gzip member's header");
  }

  @Test
  void aZstandardFileMayHoldFramesToSkip() throws IOException {
    byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9};
    byte[] file = Contents.join(skippable, Kind.ZST.of("a\nb"), skippable);

    assertThat(texts(file(Kind.ZST, file).bodies(0))).containsExactly("a", "b");
  }
}
