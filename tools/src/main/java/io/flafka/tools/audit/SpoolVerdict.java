package io.flafka.tools.audit;

/** What is to be said of a file in a spooling directory, the worst first. */
enum SpoolVerdict {
  MISSING("LINES MISSING", true),
  AHEAD("tracker ahead of the ledger", true),
  BEYOND("ledger beyond its end", true),
  CHANGED("changed since its reading began", true),
  UNKNOWN("can't be told", true),
  IN_PROGRESS("in progress", false),
  AT_END("read to the end, to be retired", false),
  WAITING("waiting", false),
  COMPLETE("complete", false);

  private final String words;
  private final boolean wrong;

  SpoolVerdict(String words, boolean wrong) {
    this.words = words;
    this.wrong = wrong;
  }

  /** Whether it keeps the audit from being complete. */
  boolean isWrong() {
    return wrong;
  }

  /** As reports print it. */
  @Override
  public String toString() {
    return words;
  }
}
