package io.flafka.tools.rescue;

import io.flafka.tools.rescue.Finding.Outcome;
import java.util.List;

/**
 * What a rescue found, and did; {@code --json} prints it with these names.
 *
 * @param path the directory that it looked below
 * @param names how files in use are called there, as {@code *.tmp}
 * @param olderThan in seconds
 * @param applied whether anything was to be changed
 * @param findings all that was left
 * @param outcomes what became of each; none unless it was applied
 * @param younger how many files in use are younger, and theirs who write them
 * @param live how many runs of sinks in {@code _flafka} show signs of life
 * @param problems what can't be told or done, in sentences
 */
record Report(
    String path,
    String names,
    long olderThan,
    boolean applied,
    List<Finding> findings,
    List<Outcome> outcomes,
    long younger,
    long live,
    List<String> problems) {

  /** Whether nothing is left. */
  public boolean isComplete() {
    boolean done = applied ? outcomes.stream().allMatch(Outcome::done) : findings.isEmpty();
    return done && problems.isEmpty();
  }
}
