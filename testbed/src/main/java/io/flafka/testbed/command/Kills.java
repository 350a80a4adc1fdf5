package io.flafka.testbed.command;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;

/**
 * When the agent is killed: spread over the files that it reads, every other time in the midst of
 * landing. The same seed makes the same plan; what the agent is doing at that moment is chance.
 */
final class Kills {
  private final int count;
  private final Queue<Kill> left = new ArrayDeque<>();

  /** What the agent is to be doing. */
  enum Moment {
    READING,
    LANDING
  }

  /**
   * One of them.
   *
   * @param file with how many files in the spooling directory
   * @param part of the work that is then done, from 0 to 1
   */
  record Kill(int file, Moment moment, double part) {}

  /**
   * Makes a plan.
   *
   * @param kills how many
   * @param files how many files there will be
   */
  Kills(int kills, int files, long seed) {
    this.count = kills;
    SplittableRandom random = new SplittableRandom(seed);
    int first = random.nextInt(2);
    for (int kill = 0; kill < kills; kill++) {
      int file = 1 + (int) ((kill + random.nextDouble()) * files / kills);
      Moment moment = (first + kill) % 2 == 0 ? Moment.READING : Moment.LANDING;
      left.add(new Kill(Math.min(file, files), moment, random.nextDouble()));
    }
  }

  int count() {
    return count;
  }

  /** How many have been given. */
  int done() {
    return count - left.size();
  }

  /** Whether the next one is due with so many files. */
  boolean isDue(int files) {
    Kill next = left.peek();
    return next != null && next.file() <= files;
  }

  /** The next one. */
  Kill next() {
    return left.remove();
  }
}
