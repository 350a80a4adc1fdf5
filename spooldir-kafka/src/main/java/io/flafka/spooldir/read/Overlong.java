package io.flafka.spooldir.read;

/** What to do with a line that is longer than the limit. */
enum Overlong {
  /** It becomes several events. */
  SPLIT,
  /** Its beginning becomes an event; the rest is dropped. */
  TRUNCATE,
  /** Its file is not read any further. */
  QUARANTINE
}
