package io.flafka.chaos.step;

/** What a file is like that is dropped into a spooling directory. */
public enum Form {
  PLAIN,
  /** Its last line has no newline. */
  UNENDED,
  GZIP,
  /** A gzip file that was cut off behind its last line. */
  TORN_GZIP
}
