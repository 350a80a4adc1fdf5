package io.flafka.weblog;

/** What happens to events without a stamp. */
enum Unparsed {
  PASS("passed on as they are"),
  DROP("dropped");

  private final String fate;

  Unparsed(String fate) {
    this.fate = fate;
  }

  /** For messages. */
  String fate() {
    return fate;
  }
}
