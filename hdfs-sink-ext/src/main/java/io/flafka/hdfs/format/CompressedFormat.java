package io.flafka.hdfs.format;

import io.flafka.config.Settings;
import io.flafka.hdfs.compression.Codec;
import io.flafka.hdfs.compression.CodecChoice;
import io.flafka.hdfs.compression.CompressedOutput;
import io.flafka.hdfs.file.FileOutput;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.io.compress.CompressionCodec;

/**
 * Another format, compressed as a whole.
 *
 * <p>A file is one member from its beginning to its end, as small as the codec makes it, unless it
 * is flushed: a flush ends the member, as in stock Flume, for every codec. A compressor could be
 * flushed without that, but Hadoop's readers fail at the end of a file that is in the middle of a
 * member, after they have passed on all that was in it, and the job with them.
 */
public record CompressedFormat(Codec codec, StreamFormat content) implements Format {
  /** Puts a codec before a format; empty if that can't be, and then the settings say why. */
  static Optional<CompressedFormat> of(
      StreamFormat content, Optional<CompressionCodec> codec, Settings settings) {
    if (codec.isEmpty()) {
      // A wrong name of one is a problem that has been noted.
      if (settings.text(CodecChoice.KEY, "None").equalsIgnoreCase("None")) {
        settings.problem(
            CodecChoice.KEY,
            "hdfs.fileType = CompressedStream takes a codec, for example gzip; without one it is"
                + " DataStream");
      }
      return Optional.empty();
    }
    return CodecChoice.forStreams(codec.get(), settings)
        .map(tried -> new CompressedFormat(tried, content));
  }

  @Override
  public EventWriter begin(FileOutput file) throws IOException {
    CompressedOutput output = new CompressedOutput(codec, file);
    return new CompressedWriter(content.begin(output), output);
  }

  @Override
  public String extension() {
    return codec.extension();
  }
}
