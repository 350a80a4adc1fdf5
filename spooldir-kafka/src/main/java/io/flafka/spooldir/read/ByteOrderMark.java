package io.flafka.spooldir.read;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The first bytes of a file in a charset that leaves the order of its bytes to them.
 *
 * @param charset with its order
 * @param length of the mark, bytes; 0 where there is none
 */
record ByteOrderMark(Charset charset, int length) {
  /** As many bytes as the longest mark has. */
  static final int LONGEST = 4;

  private static final String MARK = "\ufeff";

  /** Whether a file in this charset may begin with a mark that is no text. */
  static boolean mayMark(Charset charset) {
    return !charset.equals(withoutMark(charset));
  }

  /** The charset that a file without a mark is in. */
  static Charset withoutMark(Charset charset) {
    return switch (charset.name().toUpperCase(Locale.ROOT)) {
      case "UTF-16" -> StandardCharsets.UTF_16BE;
      case "X-UTF-16LE-BOM" -> StandardCharsets.UTF_16LE;
      case "UTF-32", "X-UTF-32BE-BOM" -> Charset.forName("UTF-32BE");
      case "X-UTF-32LE-BOM" -> Charset.forName("UTF-32LE");
      default -> charset;
    };
  }

  /**
   * Looks for a mark.
   *
   * @param head the first bytes of the file, as many as the longest mark has unless it is shorter
   */
  static ByteOrderMark find(Charset charset, byte[] head) {
    Charset otherwise = withoutMark(charset);
    String family = otherwise.name().substring(0, "UTF-16".length());
    for (String order : new String[] {"BE", "LE"}) {
      Charset candidate = Charset.forName(family + order);
      byte[] mark = MARK.getBytes(candidate);
      if (head.length >= mark.length && Arrays.equals(head, 0, mark.length, mark, 0, mark.length)) {
        return new ByteOrderMark(candidate, mark.length);
      }
    }
    return new ByteOrderMark(otherwise, 0);
  }
}
