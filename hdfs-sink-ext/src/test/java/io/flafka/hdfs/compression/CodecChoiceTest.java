package io.flafka.hdfs.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.config.Settings;
import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.file.Sync;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.Context;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionInputStream;
import org.apache.hadoop.io.compress.Compressor;
import org.apache.hadoop.io.compress.DefaultCodec;
import org.apache.hadoop.io.compress.GzipCodec;
import org.apache.hadoop.io.compress.ZStandardCodec;
import org.apache.hadoop.io.compress.zlib.BuiltInZlibDeflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecChoiceTest {
  private static Settings settings(String... keys) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keys.length; i += 2) {
      values.put(keys[i], keys[i + 1]);
    }
    return new Settings("sink k1", new Context(values));
  }

  private static Optional<CompressionCodec> parse(String name) {
    Settings settings = settings("hdfs.codeC", name);
    Optional<CompressionCodec> codec = CodecChoice.parse(settings, new Configuration());
    return settings.complete(() -> codec);
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, GzipCodec",
    "GZIPCODEC, GzipCodec",
    "org.apache.hadoop.io.compress.GzipCodec, GzipCodec",
    "bzip2, BZip2Codec",
    "lz4, Lz4Codec",
    "snappy, SnappyCodec",
    "ZStandard, ZStandardCodec",
    "zstd, ZStandardCodec",
    "DefaultCodec, DefaultCodec",
    "deflate, DeflateCodec",
  })
  void findsACodecByAnyOfItsNames(String name, String type) {
    assertThat(parse(name)).get().extracting(c -> c.getClass().getSimpleName()).isEqualTo(type);
  }

  @Test
  void findsNoneWhereNoneIsAskedFor() {
    assertThat(parse("NONE")).isEmpty();
  }

  @Test
  void namesTheCodecsThereAreWhereThereIsNoSuchOne() {
    assertThatThrownBy(() -> parse("lzma"))
        .hasMessageContaining("hdfs.codeC = lzma: it takes None or a codec of Hadoop's (they are")
        .hasMessageContaining("GzipCodec, Lz4Codec");
  }

  @Test
  void compressesZstandardWithoutHadoopsNativeLibrary() {
    Configuration hadoop = new Configuration();
    hadoop.setInt("io.compression.codec.zstd.level", 7);
    ZStandardCodec codec = new ZStandardCodec();
    codec.setConf(hadoop);
    Settings settings = settings("hdfs.codeC", "zstd");
    assertThat(CodecChoice.forStreams(codec, settings)).contains(new ZstdCodec(7));
    settings.complete(() -> true);
  }

  @Test
  void compressesGzipOnItsOwnThreads() {
    Settings settings = settings("hdfs.codeC", "gzip", "hdfs.gzipThreads", "3");
    assertThat(CodecChoice.forStreams(parse("gzip").orElseThrow(), settings))
        .containsInstanceOf(ParallelGzip.class)
        .get()
        .extracting(Codec::extension)
        .isEqualTo(".gz");
    settings.complete(() -> true);
  }

  @Test
  void refusesToCompressGzipOnNoThread() {
    Settings settings = settings("hdfs.codeC", "gzip", "hdfs.gzipThreads", "0");
    CodecChoice.forStreams(parse("gzip").orElseThrow(), settings);
    assertThatThrownBy(() -> settings.complete(() -> true))
        .hasMessageContaining("hdfs.gzipThreads = 0: it takes a whole number of at least 1");
  }

  @Test
  void takesHadoopsLevelOfGzip() throws Exception {
    assertThat(gzipped("NO_COMPRESSION", "DEFAULT_STRATEGY")).isGreaterThan(100_000);
    int fast = gzipped("BEST_SPEED", "DEFAULT_STRATEGY");
    int best = gzipped("BEST_COMPRESSION", "DEFAULT_STRATEGY");
    int huffman = gzipped("BEST_COMPRESSION", "HUFFMAN_ONLY");
    assertThat(best).isLessThan(fast);
    assertThat(fast).isLessThan(huffman);
  }

  /** Bytes that become of 100,000. */
  private static int gzipped(String level, String strategy) throws IOException {
    Codec codec = CodecChoice.forStreams(gzip(level, strategy), settings()).orElseThrow();
    assertThat(codec).isInstanceOf(ParallelGzip.class);
    StringBuilder content = new StringBuilder();
    for (int i = 0; content.length() < 100_000; i++) {
      content.append(i * i).append(" is the square of ").append(i);
    }
    byte[] bytes = content.substring(0, 100_000).getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (Members members = codec.open(file)) {
      members.write(bytes, 0, bytes.length);
      members.end();
    }
    return file.size();
  }

  private static GzipCodec gzip(String level, String strategy) {
    Configuration hadoop = new Configuration(false);
    hadoop.set("zlib.compress.level", level);
    hadoop.set("zlib.compress.strategy", strategy);
    GzipCodec codec = new GzipCodec();
    codec.setConf(hadoop);
    return codec;
  }

  /** Gzip of the user's. */
  private static final class Derived extends GzipCodec {}

  @Test
  void leavesToHadoopWhatIsNotQuiteItsGzip() {
    Derived derived = new Derived();
    derived.setConf(new Configuration(false));
    assertThat(CodecChoice.forStreams(derived, settings())).contains(new HadoopCodec(derived));
    // Which only the native library knows.
    assertThat(ParallelGzip.replaces(gzip("SIX", "RLE"))).isFalse();
    assertThat(ParallelGzip.replaces(gzip("SIX", "FIXED"))).isFalse();
  }

  @Test
  void findsOutBeforeTheFirstEventThatANativeLibraryIsMissing() {
    Settings settings = settings("hdfs.codeC", "zstd");
    CodecChoice.checkForSequenceFiles(parse("zstd").orElseThrow(), settings);
    assertThatThrownBy(() -> settings.complete(() -> true))
        .hasMessageContaining("hdfs.codeC = zstd: ZStandardCodec doesn't work on this host (")
        .hasMessageContaining("native zStandard library not available")
        .hasMessageContaining("hadoop checknative");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "bzip2", "lz4", "snappy", "default", "deflate"})
  void triesOutWhatWorksInSequenceFiles(String name) {
    Settings settings = settings("hdfs.codeC", name);
    CodecChoice.checkForSequenceFiles(parse(name).orElseThrow(), settings);
    settings.complete(() -> true);
  }

  /** A codec whose jar or library is missing, as it shows: at the first use. */
  private static final class Missing extends DefaultCodec {
    @Override
    public Class<? extends Compressor> getCompressorType() {
      throw new UnsatisfiedLinkError("libmissing.so");
    }
  }

  @Test
  void saysWhichLibraryACodecMisses() {
    Missing codec = new Missing();
    codec.setConf(new Configuration(false));
    Settings settings = settings("hdfs.codeC", "missing");
    assertThat(CodecChoice.forStreams(codec, settings)).isEmpty();
    assertThatThrownBy(() -> settings.complete(() -> true))
        .hasMessageContaining("hdfs.codeC = missing: Missing doesn't work on this host (")
        .hasMessageContaining("libmissing.so");
  }

  /** A codec that ends at the end of the first member, as lzop's does. */
  private static final class FirstOnly extends DefaultCodec {
    private static final int FIRST = 24; // Bytes that the sample makes.

    @Override
    public CompressionInputStream createInputStream(InputStream in) throws IOException {
      return super.createInputStream(new ByteArrayInputStream(in.readNBytes(FIRST)));
    }
  }

  @Test
  void takesACodecThatReadsOneMemberOnlyForExactlyOnceAlone() {
    FirstOnly codec = new FirstOnly();
    codec.setConf(new Configuration(false));
    Settings exactly = settings("hdfs.codeC", "first", "delivery.guarantee", "exactly_once");
    assertThat(CodecChoice.forStreams(codec, exactly)).contains(new HadoopCodec(codec));
    exactly.complete(() -> true);

    Settings least = settings("hdfs.codeC", "first");
    CodecChoice.forStreams(codec, least);
    assertThatThrownBy(() -> least.complete(() -> true))
        .hasMessageContaining("reads a file's first member only")
        .hasMessageContaining("delivery.guarantee = exactly_once");
  }

  /** A compressor with memory outside of the heap, so to speak. */
  private static final class Precious extends BuiltInZlibDeflater {}

  /** Counts its compressors. */
  private static final class Counting extends DefaultCodec {
    private int created;

    @Override
    public Class<? extends Compressor> getCompressorType() {
      return Precious.class;
    }

    @Override
    public Compressor createCompressor() {
      created++;
      return new Precious();
    }
  }

  @Test
  void givesACompressorBackHoweverTheFileEnds() throws Exception {
    Counting codec = new Counting();
    codec.setConf(new Configuration(false));
    for (int i = 0; i < 3; i++) {
      FileOutput file =
          new FileOutput(new FSDataOutputStream(new ByteArrayOutputStream(), null), Sync.HFLUSH);
      CompressedOutput output = new CompressedOutput(new HadoopCodec(codec), file);
      output.write(new byte[100_000]);
      file.close();
    }
    assertThat(codec.created).isEqualTo(1);
  }
}
