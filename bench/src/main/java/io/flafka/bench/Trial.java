package io.flafka.bench;

import io.flafka.testbed.JavaProcess;

/** A subject at its work, from its start until it is cleared away. For one thread. */
interface Trial extends AutoCloseable {
  /** The JVM that is measured. */
  JavaProcess process();

  /**
   * Measures it to its end.
   *
   * @throws IllegalStateException if it dies, or stands still before it is finished
   */
  Outcome.Measured measure();

  /**
   * Stops it, and looks whether every event arrived once.
   *
   * @throws IllegalStateException if not, with what is wrong
   */
  void check();

  /**
   * How many bytes it has put into a topic and into HDFS, once it is checked; 0 if nobody looks.
   */
  default long written() {
    return 0;
  }

  /** Ends what is left of it, and deletes what is no longer needed. */
  @Override
  void close();
}
