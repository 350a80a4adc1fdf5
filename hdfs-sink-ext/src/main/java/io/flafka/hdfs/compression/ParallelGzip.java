package io.flafka.hdfs.compression;

import io.flafka.config.Settings;
import java.io.OutputStream;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.GzipCodec;
import org.apache.hadoop.io.compress.zlib.ZlibCompressor.CompressionLevel;
import org.apache.hadoop.io.compress.zlib.ZlibFactory;

/**
 * Gzip on more than one thread, by Java's own zlib. It takes Hadoop's settings {@code
 * zlib.compress.level} and {@code zlib.compress.strategy}.
 *
 * <p>It takes the place of Hadoop's codec even where that one's native library is there: both are
 * zlib, and one thread of it is what a sink would wait for. All files of a sink have one of these.
 */
public final class ParallelGzip implements Codec {
  public static final String KEY = "hdfs.gzipThreads";

  /** Beyond, it would be the writing thread that the others wait for. */
  private static final int USUAL_MOST = 4;

  private final Deflation deflation;

  /**
   * Takes no resources.
   *
   * @param name what the names of threads begin with
   * @param threads how many; 1 for the writing thread alone
   * @param deflater makes one for raw data
   */
  ParallelGzip(String name, int threads, Supplier<Deflater> deflater) {
    this.deflation = new Deflation(name, threads, deflater);
  }

  /**
   * Whether it can take a codec's place: it is Hadoop's for gzip itself, none that somebody made of
   * it, and of a strategy that Java knows.
   */
  public static boolean replaces(CompressionCodec codec) {
    return codec.getClass() == GzipCodec.class
        && switch (ZlibFactory.getCompressionStrategy(((GzipCodec) codec).getConf())) {
          case DEFAULT_STRATEGY, FILTERED, HUFFMAN_ONLY -> true;
          case RLE, FIXED -> false;
        };
  }

  /** Reads the key, and what Hadoop's configuration says. */
  static ParallelGzip parse(Settings settings, Configuration hadoop) {
    int usual = Math.min(Runtime.getRuntime().availableProcessors(), USUAL_MOST);
    int level = level(ZlibFactory.getCompressionLevel(hadoop));
    int strategy = strategy(hadoop);
    return new ParallelGzip(
        settings.component(),
        settings.integer(KEY, usual, 1),
        () -> {
          Deflater deflater = new Deflater(level, true);
          deflater.setStrategy(strategy);
          return deflater;
        });
  }

  private static int strategy(Configuration hadoop) {
    return switch (ZlibFactory.getCompressionStrategy(hadoop)) {
      case FILTERED -> Deflater.FILTERED;
      case HUFFMAN_ONLY -> Deflater.HUFFMAN_ONLY;
      default -> Deflater.DEFAULT_STRATEGY;
    };
  }

  private static int level(CompressionLevel level) {
    return switch (level) {
      case NO_COMPRESSION -> Deflater.NO_COMPRESSION;
      case BEST_SPEED -> Deflater.BEST_SPEED;
      case TWO -> 2;
      case THREE -> 3;
      case FOUR -> 4;
      case FIVE -> 5;
      case SIX -> 6;
      case SEVEN -> 7;
      case EIGHT -> 8;
      case BEST_COMPRESSION -> Deflater.BEST_COMPRESSION;
      case DEFAULT_COMPRESSION -> Deflater.DEFAULT_COMPRESSION;
    };
  }

  @Override
  public String extension() {
    return ".gz";
  }

  @Override
  public Members open(OutputStream file) {
    return new GzipMembers(deflation, file);
  }
}
