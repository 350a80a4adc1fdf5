package io.flafka.hdfs.format;

import io.flafka.config.Settings;
import io.flafka.hdfs.compression.CodecChoice;
import io.flafka.hdfs.file.FileOutput;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.SequenceFile.Writer;
import org.apache.hadoop.io.compress.CompressionCodec;

/**
 * A Hadoop sequence file; with a codec, in compressed blocks of many records each.
 *
 * @param hadoop may say how large these blocks are ({@code io.seqfile.compress.blocksize}, 1 MB),
 *     and how the records of the user's own are serialized
 */
public record SequenceFormat(
    Records records, Optional<CompressionCodec> codec, Configuration hadoop) implements Format {
  @Override
  public EventWriter begin(FileOutput output) throws IOException {
    Records.Maker maker = records.begin();
    Writer writer =
        SequenceFile.createWriter(
            hadoop,
            Writer.stream(new FSDataOutputStream(output, null)),
            Writer.keyClass(maker.keyClass()),
            Writer.valueClass(maker.valueClass()),
            codec
                .map(one -> Writer.compression(CompressionType.BLOCK, one))
                .orElseGet(() -> Writer.compression(CompressionType.NONE)));
    return new SequenceWriter(writer, maker, output);
  }

  /** Stock's rule: the codec's, though such a file is nothing that the codec alone could read. */
  @Override
  public String extension() {
    return codec.map(CompressionCodec::getDefaultExtension).orElse("");
  }

  /** Notes in the settings why such files can't be written, if they can't. */
  void check(Settings settings) {
    codec.ifPresent(one -> CodecChoice.checkForSequenceFiles(one, settings));
    try {
      records.begin();
    } catch (RuntimeException | LinkageError e) {
      settings.problem(
          "hdfs.writeFormat",
          "it takes Writable, Text or the class of a SequenceFileSerializer$Builder, whose jar is"
              + " on the agent's class path, as must be stock Flume's flume-hdfs-sink ("
              + e
              + ")");
    }
  }
}
