package io.flafka.spooldir.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Files to read, made of lines. */
final class Contents {
  private Contents() {}

  /** A few lines of any bytes, most short, some as long as told, without an end of the last. */
  static byte[] randomLines(Random random, int longest) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int i = random.nextInt(60); i > 0; i--) {
      byte[] line = new byte[random.nextInt(random.nextInt(20) == 0 ? longest : 300)];
      random.nextBytes(line);
      content.writeBytes(line);
      if (random.nextInt(3) == 0) {
        content.write('\r');
      }
      content.write('\n');
    }
    content.writeBytes("x\r".substring(random.nextInt(3)).getBytes(UTF_8));
    return content.toByteArray();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
