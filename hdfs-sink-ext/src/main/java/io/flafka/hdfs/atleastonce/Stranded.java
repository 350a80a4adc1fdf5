package io.flafka.hdfs.atleastonce;

/**
 * A file that ought to have landed and has not, and what was tried. For one thread.
 *
 * <p>Asking for the recovery of a lease takes the NameNode some seconds to answer; until the next
 * regular try, the file is only looked at.
 *
 * @param <T> what is known of the file
 */
final class Stranded<T> {
  private static final long LOOK = 1000;

  private final T file;
  private int tries;
  private long nextTry;
  private long nextLook;
  private boolean recovering;

  Stranded(T file) {
    this.file = file;
  }

  T file() {
    return file;
  }

  /** Whether the NameNode was asked to close the file, and has not yet. */
  boolean isRecovering() {
    return recovering;
  }

  void recovering(boolean is) {
    recovering = is;
  }

  int tries() {
    return tries;
  }

  /** Whether it is time for a regular try, and if so, notes that it is made. */
  boolean takeTry(long now, long interval) {
    if (now < nextTry && nextTry - now <= interval) {
      return false;
    }
    tries++;
    nextTry = now + interval;
    nextLook = now + LOOK;
    return true;
  }

  /** Whether it is time to look, and if so, notes that it is done. */
  boolean takeLook(long now) {
    if (now < nextLook && nextLook - now <= LOOK) {
      return false;
    }
    nextLook = now + LOOK;
    return true;
  }
}
