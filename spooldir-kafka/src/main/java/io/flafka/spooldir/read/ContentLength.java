package io.flafka.spooldir.read;

import java.io.IOException;
import java.nio.file.Path;

/** How long what is in a file is to those who read lines: where the last one's offset is. */
public final class ContentLength {
  private static final int BUFFER = 1 << 16;

  private ContentLength() {}

  /** Whether it is the length of what a file decompresses to, unless {@code decompress = none}. */
  public static boolean isDecompressed(Path named) {
    return Decompress.AUTO.applies(named);
  }

  /**
   * What a file of a compressed one's name decompresses to, in bytes. It is read from its beginning
   * to its end.
   *
   * @param named as it was called when it was read
   * @param size of the file, bytes
   * @throws MalformedFileException if it breaks off
   */
  public static long decompressed(Path file, Path named, long size) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long length = 0;
    try (Content content = Decompress.AUTO.open(file, named, size)) {
      for (int read; (read = content.read(buffer, 0, buffer.length)) >= 0; ) {
        length += read;
      }
    }
    return length;
  }
}
