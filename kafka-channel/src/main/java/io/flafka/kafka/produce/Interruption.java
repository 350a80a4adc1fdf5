package io.flafka.kafka.produce;

import org.apache.kafka.common.errors.InterruptException;

/** Kafka's exception for an interrupted thread, in Java's terms. */
public final class Interruption {
  private Interruption() {}

  /** Kafka has set the thread's flag again; the exception that is returned stands for it. */
  public static InterruptedException of(InterruptException cause) {
    Thread.interrupted();
    InterruptedException interrupted = new InterruptedException("Interrupted while using Kafka");
    interrupted.initCause(cause);
    return interrupted;
  }
}
