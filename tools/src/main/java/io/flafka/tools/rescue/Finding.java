package io.flafka.tools.rescue;

/**
 * Something that was left; {@code --json} prints it with these names.
 *
 * @param path its full URI
 * @param bytes its length; of a file that is open what the NameNode knows of it, which is little;
 *     -1 for what is no file
 * @param since when it was last changed; a file that is open, when it was created; of a run's, when
 *     that last showed that it lives; as {@code 2026-11-26T08:59:27Z}, empty if that isn't known
 * @param state {@code closed}, {@code open}, or, of a run's, {@code dead}
 * @param plan what is to be done
 * @param words the same for people; if it is to be left, why
 */
record Finding(String path, long bytes, String since, String state, Plan plan, String words) {
  /** What is to be done with it. */
  enum Plan {
    PUBLISH,
    /** As PUBLISH, once it is closed, if its writer is dead. */
    CLOSE,
    DELETE,
    LEAVE
  }

  /**
   * What became of it.
   *
   * @param done whether nothing of it is left
   * @param words what was done, or why it was left
   */
  record Outcome(String path, boolean done, String words) {}

  Outcome done(String words) {
    return new Outcome(path, true, words);
  }

  Outcome left(String words) {
    return new Outcome(path, false, words);
  }
}
