package io.flafka.hdfs.compression;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.io.compress.CompressionCodec;

/**
 * One of Hadoop's codecs, or of the user's.
 *
 * @param codec with its configuration
 */
public record HadoopCodec(CompressionCodec codec) implements Codec {
  private static final String SAMPLE = "a line of a log\n";

  @Override
  public String extension() {
    return codec.getDefaultExtension();
  }

  @Override
  public Members open(OutputStream file) {
    return new HadoopMembers(codec, file);
  }

  /**
   * Compresses so many members in memory and reads them back.
   *
   * @return whether all of it came back
   * @throws IOException if a member can't be written, or none can be read
   */
  boolean reads(int members) throws IOException {
    byte[] line = SAMPLE.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (Members writing = open(file)) {
      for (int i = 0; i < members; i++) {
        writing.write(line, 0, line.length);
        writing.end();
      }
    }
    byte[] expected = SAMPLE.repeat(members).getBytes(StandardCharsets.UTF_8);
    try (InputStream reading =
        codec.createInputStream(new ByteArrayInputStream(file.toByteArray()))) {
      return Arrays.equals(reading.readAllBytes(), expected);
    }
  }
}
