package io.flafka.chaos.step;

/** What becomes of a file in a spooling directory when all of it is put. */
public enum Retirement {
  RENAMED,
  DELETED,
  ARCHIVED,
  MARKED
}
