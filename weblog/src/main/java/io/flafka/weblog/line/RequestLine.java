package io.flafka.weblog.line;

/**
 * Takes the first line of a request apart: {@code GET /path?query HTTP/1.1}.
 *
 * <p>What servers are sent is not always that. A method has letters, dashes and underscores only,
 * and without a protocol at the end (as before HTTP/1.0) the path must begin with a slash. Anything
 * else, be it the beginning of a TLS handshake or nothing at all, has no parts.
 */
final class RequestLine {
  private static final byte[] HTTP = {'H', 'T', 'T', 'P', '/'};

  private RequestLine() {}

  /** Notes the parts of the request that stands there; {@code to} is exclusive. */
  static void split(byte[] line, int from, int to, Slices parts) {
    int blank = from;
    while (blank < to && isInMethods(line[blank])) {
      blank++;
    }
    if (blank == from || blank == to || line[blank] != ' ') {
      return;
    }
    int last = to - 1;
    while (line[last] != ' ') {
      last--;
    }
    boolean hasProtocol = startsWithHttp(line, last + 1, to);
    int start = blank + 1;
    int end = hasProtocol ? Math.max(start, last) : to;
    if (!hasProtocol && (start == to || line[start] != '/')) {
      return;
    }
    parts.set(Field.METHOD, from, blank);
    if (hasProtocol) {
      parts.set(Field.PROTOCOL, last + 1, to);
    }
    splitTarget(line, start, end, parts);
  }

  private static void splitTarget(byte[] line, int from, int to, Slices parts) {
    int mark = from;
    while (mark < to && line[mark] != '?') {
      mark++;
    }
    parts.set(Field.PATH, from, mark);
    if (mark < to) {
      parts.set(Field.QUERY, mark + 1, to);
    }
  }

  private static boolean isInMethods(byte b) {
    return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || b == '-' || b == '_';
  }

  private static boolean startsWithHttp(byte[] line, int from, int to) {
    if (to - from <= HTTP.length) {
      return false;
    }
    for (int i = 0; i < HTTP.length; i++) {
      if (line[from + i] != HTTP[i]) {
        return false;
      }
    }
    return true;
  }
}
