package io.flafka.bench;

import io.flafka.testbed.JavaProcess;

/** A subject at its work, from its start until it is cleared away. For one thread. */
interface Trial extends AutoCloseable {
  /** The JVM that is measured. */
  JavaProcess process();

  /** How many events have arrived, as the broker sees it. */
  long arrived();

  /** Whether it has nothing left to do. */
  boolean isFinished();

  /**
   * Stops it, and looks whether every event arrived once.
   *
   * @throws IllegalStateException if not, with what is wrong
   */
  void check();

  /** Ends what is left of it, and deletes what is no longer needed. */
  @Override
  void close();
}
