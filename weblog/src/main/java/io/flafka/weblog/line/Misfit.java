package io.flafka.weblog.line;

/** Why a line is none of its format: the first thing in it that isn't as it should be. */
public enum Misfit {
  EMPTY("empty"),
  HOST("host"),
  IDENT("ident"),
  USER("user"),

  /** No stamp like {@code [15/Sep/2013:23:59:53 +0100]}, or no time in it. */
  TIME("time"),

  /** No text in quotes with a status after it. */
  REQUEST("request"),
  BYTES("bytes"),
  REFERER("referer"),
  USER_AGENT("userAgent"),

  /** It doesn't match a LogFormat; the library doesn't say where. */
  FORMAT("format"),

  /** It could be read in so many ways that trying them would hold up its source. */
  AMBIGUOUS("ambiguous"),

  /** It is longer than what a LogFormat is tried on. */
  LENGTH("length");

  private final String reason;

  Misfit(String reason) {
    this.reason = reason;
  }

  /** One word, for headers and counters. */
  public String reason() {
    return reason;
  }
}
