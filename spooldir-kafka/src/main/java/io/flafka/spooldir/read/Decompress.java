package io.flafka.spooldir.read;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Which files are decompressed. */
enum Decompress {
  /** Those whose names end in .gz or .zst. */
  AUTO,
  NONE;

  private enum Compression {
    PLAIN,
    GZIP,
    ZSTD
  }

  /** Whether offsets in this file count bytes that it decompresses to. */
  boolean applies(Path file) {
    return compression(file) != Compression.PLAIN;
  }

  /** Opens a file at its beginning. */
  Content open(Path file, long size) throws IOException {
    return open(file, file, size);
  }

  /**
   * The same of a file that has another name by now.
   *
   * @param named as it was called when it was read
   */
  Content open(Path file, Path named, long size) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(file);
    return switch (compression(named)) {
      case PLAIN -> new PlainContent(channel, size);
      case GZIP ->
          new DecompressedContent(
              new CompressedInput(file, channel, size, false), new Gunzip(), size);
      case ZSTD ->
          new DecompressedContent(
              new CompressedInput(file, channel, size, true), new Unzstd(), size);
    };
  }

  private Compression compression(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (this == AUTO && name.endsWith(".gz")) {
      return Compression.GZIP;
    }
    return this == AUTO && name.endsWith(".zst") ? Compression.ZSTD : Compression.PLAIN;
  }
}
