package io.flafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Bytes as a text that is the same for the same bytes, and short enough to be shown. */
final class Bytes {
  private static final int SHOWN = 1_000;

  private Bytes() {}

  /** A character for each byte; of many, their number and their SHA-256. */
  static String text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "(null)";
    }
    return bytes.length <= SHOWN
        ? new String(bytes, ISO_8859_1)
        : bytes.length + " bytes, " + HexFormat.of().formatHex(digest(bytes));
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
