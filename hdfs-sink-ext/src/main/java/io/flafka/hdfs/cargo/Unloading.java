package io.flafka.hdfs.cargo;

import java.io.IOException;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.flume.Transaction;

/**
 * Carries events from a sink's channel into files, with one guarantee or the other, from the moment
 * when there is a file system. All on the sink's lander.
 */
public interface Unloading {
  /**
   * Takes one bounded step.
   *
   * @return BACKOFF if there was nothing to take, and the channel didn't wait for it
   * @throws EventDeliveryException if events stay in the channel, or a file could not be landed
   */
  Status step() throws EventDeliveryException;

  /** Lands what only time has finished; for a sink that isn't asked to step. Never throws. */
  void tidy();

  /**
   * Lands everything, and gives all resources back.
   *
   * @throws EventDeliveryException if not everything has landed; the message says where it is
   */
  void close() throws EventDeliveryException, IOException;

  /** Rolls a transaction back and closes it; what fails in that is suppressed in the failure. */
  static void rollBack(Transaction transaction, Throwable failure) {
    try {
      transaction.rollback();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
    try {
      transaction.close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
