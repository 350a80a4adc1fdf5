package io.flafka.hdfs.compression;

import io.flafka.config.Settings;
import io.flafka.delivery.Guarantee;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.SequenceFile.Writer;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.GzipCodec;
import org.apache.hadoop.io.compress.ZStandardCodec;
import org.apache.hadoop.util.ReflectionUtils;

/**
 * The codec that {@code hdfs.codeC} names, tried out: which of them work depends on Hadoop's
 * version, on native libraries and on jars, and a codec without them fails at its first use only.
 */
public final class CodecChoice {
  public static final String KEY = "hdfs.codeC";

  private static final String ZSTD_LEVEL = "io.compression.codec.zstd.level";
  private static final int ZSTD_USUAL_LEVEL = 3;

  private CodecChoice() {}

  /** Reads the key; {@code None} is none. */
  public static Optional<CompressionCodec> parse(Settings settings, Configuration hadoop) {
    return settings.parsed(
        KEY,
        Optional.empty(),
        name -> name.equalsIgnoreCase("None") ? Optional.empty() : Optional.of(named(name, hadoop)),
        "None or a codec of Hadoop's");
  }

  /**
   * Finds a codec by the name of its class, with or without the package, or what stands before
   * {@code Codec} in it, in any case; the last one that Hadoop lists, if there are several, as in
   * stock Flume.
   */
  private static CompressionCodec named(String name, Configuration hadoop) {
    List<String> names = new ArrayList<>(List.of("None"));
    Class<? extends CompressionCodec> found = null;
    for (Class<? extends CompressionCodec> type : CompressionCodecFactory.getCodecClasses(hadoop)) {
      names.add(type.getSimpleName());
      if (goesBy(name, type)) {
        found = type;
      }
    }
    if (found == null) {
      throw new IllegalArgumentException(
          "they are " + String.join(", ", names) + "; more by Hadoop's io.compression.codecs");
    }
    return ReflectionUtils.newInstance(found, hadoop);
  }

  private static boolean goesBy(String name, Class<? extends CompressionCodec> type) {
    String simple = type.getSimpleName();
    return type.getName().equals(name)
        || simple.equalsIgnoreCase(name)
        || simple.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT) + "codec")
        || (type == ZStandardCodec.class && name.equalsIgnoreCase("zstd"));
  }

  /** Tries out a codec for whole files; what is wrong with it is noted in the settings. */
  public static Optional<Codec> forStreams(CompressionCodec codec, Settings settings) {
    if (ParallelGzip.replaces(codec)) {
      return Optional.of(ParallelGzip.parse(settings, ((GzipCodec) codec).getConf()));
    }
    HadoopCodec hadoop = new HadoopCodec(codec);
    try {
      if (!hadoop.reads(1)) {
        throw new IOException("it doesn't read what it wrote");
      }
    } catch (IOException | RuntimeException | Error e) {
      return codec instanceof ZStandardCodec zstd
          ? withoutNativeLibrary(zstd, e, settings)
          : broken(codec, e, settings);
    }
    if (Guarantee.of(settings) == Guarantee.AT_LEAST_ONCE && !readsMembers(hadoop)) {
      settings.problem(
          KEY,
          name(codec)
              + " reads a file's first member only, while at least once ends a member at each"
              + " commit, so that a crash leaves nothing that can't be read: take another codec, or"
              + " "
              + Guarantee.KEY
              + " = exactly_once");
    }
    return Optional.of(hadoop);
  }

  private static boolean readsMembers(HadoopCodec codec) {
    try {
      return codec.reads(2);
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static Optional<Codec> withoutNativeLibrary(
      ZStandardCodec codec, Throwable cause, Settings settings) {
    ZstdCodec own = new ZstdCodec(codec.getConf().getInt(ZSTD_LEVEL, ZSTD_USUAL_LEVEL));
    try (Members members = own.open(new ByteArrayOutputStream())) {
      members.end();
    } catch (IOException | RuntimeException | Error e) {
      cause.addSuppressed(e);
      return broken(codec, cause, settings);
    }
    settings.warning(
        "Hadoop's native library isn't here or knows no Zstandard ("
            + cause.getMessage()
            + "): the sink compresses by zstd-jni in its place, to the same format; readers that go"
            + " through Hadoop's ZStandardCodec do need that library");
    return Optional.of(own);
  }

  /** Tries out a codec inside of sequence files; what is wrong is noted in the settings. */
  public static void checkForSequenceFiles(CompressionCodec codec, Settings settings) {
    try (FSDataOutputStream file = new FSDataOutputStream(new ByteArrayOutputStream(), null);
        Writer writer =
            SequenceFile.createWriter(
                new Configuration(false),
                Writer.stream(file),
                Writer.keyClass(LongWritable.class),
                Writer.valueClass(LongWritable.class),
                Writer.compression(SequenceFile.CompressionType.BLOCK, codec))) {
      writer.append(new LongWritable(1), new LongWritable(2));
    } catch (IOException | RuntimeException | Error e) {
      broken(codec, e, settings);
    }
  }

  private static Optional<Codec> broken(
      CompressionCodec codec, Throwable cause, Settings settings) {
    settings.problem(
        KEY,
        name(codec)
            + " doesn't work on this host ("
            + cause
            + "): gzip, bzip2 and deflate need nothing in files of their own; snappy and lz4 need"
            + " the jars snappy-java and lz4-java, which are in Flume's lib; zstd in sequence files"
            + " needs Hadoop's native library (hadoop checknative tells whether it is found), and"
            + " so does gzip in those before Hadoop 3.4");
    return Optional.empty();
  }

  private static String name(CompressionCodec codec) {
    return codec.getClass().getSimpleName();
  }
}
