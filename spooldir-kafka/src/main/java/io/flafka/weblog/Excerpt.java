package io.flafka.weblog;

/** The beginning of a line in a form that is safe in a log: visible ASCII, at most 80 bytes. */
final class Excerpt {
  private static final int LONGEST = 80;

  private Excerpt() {}

  static String of(byte[] line) {
    StringBuilder text = new StringBuilder(LONGEST + 3);
    for (int i = 0; i < Math.min(line.length, LONGEST); i++) {
      text.append(line[i] >= ' ' && line[i] < 0x7f ? (char) line[i] : '.');
    }
    return text.append(line.length > LONGEST ? "..." : "").toString();
  }
}
