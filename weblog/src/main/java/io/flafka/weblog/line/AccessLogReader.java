package io.flafka.weblog.line;

import org.jspecify.annotations.Nullable;

/**
 * Reads lines of an {@link AccessLogFormat}. It goes over the bytes once, and makes text only of
 * what it is asked for.
 *
 * <p>Users' names may have blanks and brackets in them, so the time is the first stamp with a quote
 * after it: servers escape quotes, Apache with a backslash and nginx as {@code \x22}, so that no
 * client can put one there. Should a server escape nothing, a quote still only ends a text if the
 * line goes on behind it as it should.
 *
 * <p>A line that is wrapped in quotes as a whole, as some programs export it, is read without them.
 */
final class AccessLogReader implements LineReader {
  private final boolean combined;
  private final boolean splits;
  private final Stamps stamps = new Stamps();
  private final Slices slices = new Slices();
  private byte[] line = new byte[0];
  private int at;
  private int end;
  private @Nullable String timestamp;

  /**
   * @param combined whether referer and user agent must be there
   * @param splits whether requests are taken apart
   */
  AccessLogReader(boolean combined, boolean splits) {
    this.combined = combined;
    this.splits = splits;
  }

  @Override
  public @Nullable Misfit read(byte[] line) {
    this.line = line;
    slices.of(line);
    timestamp = null;
    unwrap();
    if (at == end) {
      return Misfit.EMPTY;
    }
    if (!word(Field.HOST)) {
      return Misfit.HOST;
    }
    if (!word(Field.IDENT)) {
      return Misfit.IDENT;
    }
    Misfit misfit = userAndTime();
    return misfit == null ? requestAndRest() : misfit;
  }

  @Override
  public @Nullable String timestamp() {
    return timestamp;
  }

  @Override
  public @Nullable String text(Field field) {
    return slices.text(field);
  }

  @Override
  public boolean find(Field field, Slice slice) {
    return slices.find(field, slice);
  }

  @Override
  public boolean tellsAll() {
    return afterBlanks(at) == end;
  }

  private void unwrap() {
    at = 0;
    end = line.length;
    while (end > 0 && (line[end - 1] == '\r' || line[end - 1] == '\n')) {
      end--;
    }
    if (end > 1 && line[0] == '"' && line[end - 1] == '"') {
      at++;
      end--;
    }
  }

  /** Reads up to the next blank, and over it. */
  private boolean word(Field field) {
    int start = at;
    while (at < end && line[at] != ' ') {
      at++;
    }
    if (at == start || at == end) {
      return false;
    }
    slices.set(field, start, at++);
    return true;
  }

  private @Nullable Misfit userAndTime() {
    for (int i = at; i <= end - Stamp.LENGTH; i++) {
      if (line[i] != '[' || line[i - 1] != ' ') {
        continue;
      }
      String time = stamps.at(line, i);
      if (time == null) {
        continue;
      }
      int next = afterBlanks(i + Stamp.LENGTH);
      if (next > i + Stamp.LENGTH && isQuote(next)) {
        timestamp = time;
        if (i == at) {
          return Misfit.USER;
        }
        slices.set(Field.USER, at, i - 1);
        at = next;
        return null;
      }
      if (timestamp == null) {
        timestamp = time;
      }
    }
    return timestamp == null ? Misfit.TIME : Misfit.REQUEST;
  }

  private @Nullable Misfit requestAndRest() {
    int request = at + 1;
    if (!quoted(Field.REQUEST)) {
      return Misfit.REQUEST;
    }
    if (splits) {
      RequestLine.split(line, request, at - 1, slices);
    }
    int status = afterBlanks(at);
    at = endOfStatus(status);
    slices.set(Field.STATUS, status, at);
    if (!bytes()) {
      return Misfit.BYTES;
    }
    if (!combined) {
      return null;
    }
    at = afterBlanks(at);
    if (!quoted(Field.REFERER)) {
      return Misfit.REFERER;
    }
    at = afterBlanks(at);
    return quoted(Field.USER_AGENT) ? null : Misfit.USER_AGENT;
  }

  /** Reads a text in quotes, and over the second one. */
  private boolean quoted(Field field) {
    if (!isQuote(at)) {
      return false;
    }
    for (int i = Quotes.find(line, at + 1, end); i < end; i = Quotes.find(line, i + 1, end)) {
      if (line[i] == '\\') {
        i++;
      } else if (goesOn(field, i + 1)) {
        slices.set(field, at + 1, i);
        at = i + 1;
        return true;
      }
    }
    return false;
  }

  /** Whether there is what must follow a text in quotes. */
  private boolean goesOn(Field field, int start) {
    if (start == end) {
      return field == Field.USER_AGENT;
    }
    if (line[start] != ' ') {
      return false;
    }
    int next = afterBlanks(start);
    return switch (field) {
      case REQUEST -> endOfStatus(next) > next;
      case REFERER -> isQuote(next);
      default -> true;
    };
  }

  /** Three digits or a dash; where it begins if it is neither. */
  private int endOfStatus(int start) {
    if (start < end && line[start] == '-' && isBlankOrEnd(start + 1)) {
      return start + 1;
    }
    int stop = start;
    while (stop < end && isDigit(stop)) {
      stop++;
    }
    return stop == start + 3 && isBlankOrEnd(stop) ? stop : start;
  }

  /** Reads digits or a dash. */
  private boolean bytes() {
    int start = afterBlanks(at);
    int stop = start;
    while (stop < end && isDigit(stop)) {
      stop++;
    }
    if (stop == start && stop < end && line[stop] == '-') {
      stop++;
    }
    slices.set(Field.BYTES, start, stop);
    at = stop;
    return stop > start && isBlankOrEnd(stop);
  }

  private int afterBlanks(int start) {
    int next = start;
    while (next < end && line[next] == ' ') {
      next++;
    }
    return next;
  }

  private boolean isQuote(int i) {
    return i < end && line[i] == '"';
  }

  private boolean isDigit(int i) {
    return line[i] >= '0' && line[i] <= '9';
  }

  private boolean isBlankOrEnd(int i) {
    return i == end || line[i] == ' ';
  }
}
