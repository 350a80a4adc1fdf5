package io.flafka.spooldir;

/** How the reading of a file ended. */
sealed interface Ending {
  /** All of it was read. */
  record Finished() implements Ending {}

  /**
   * No more of it can be read.
   *
   * @param why for the operator; part of a sentence
   */
  record Unfit(String why) implements Ending {}
}
