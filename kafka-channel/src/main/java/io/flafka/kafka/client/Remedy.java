package io.flafka.kafka.client;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What to change when Kafka says no.
 *
 * @param error Kafka's exception
 * @param advice the keys to change, as the end of a sentence
 */
public record Remedy(Class<? extends Exception> error, String advice) {
  private static final List<Remedy> KNOWN =
      List.of(
          new Remedy(
              RecordTooLargeException.class,
              "raise kafka.producer.max.request.size here and max.message.bytes of the topic"),
          new Remedy(
              UnknownTopicOrPartitionException.class,
              "create the topic that kafka.topic names, with the partitions that are asked for"),
          new Remedy(
              InvalidTimestampException.class,
              "an event's header timestamp is further from now than the topic's"
                  + " message.timestamp.after.max.ms and message.timestamp.before.max.ms allow:"
                  + " raise these, or correct the header"),
          new Remedy(
              NotEnoughReplicasException.class,
              "bring brokers back until the topic's min.insync.replicas are in sync"),
          new Remedy(
              NotEnoughReplicasAfterAppendException.class,
              "bring brokers back until the topic's min.insync.replicas are in sync"),
          new Remedy(
              AuthorizationException.class,
              "allow this user Write (to put) or Read (to take) on the topic, and Read on the"
                  + " consumer group"),
          new Remedy(
              AuthenticationException.class,
              "check security.protocol, sasl.* and ssl.* under kafka.producer and kafka.consumer"),
          new Remedy(
              TimeoutException.class,
              "check that the brokers of kafka.bootstrap.servers are up and that they have the"
                  + " topic that kafka.topic names"));

  /** What happened and what to change, for the end of a message. */
  public static String describe(Throwable failure) {
    return describe(failure, List.of());
  }

  /**
   * What happened and what to change, for the end of a message.
   *
   * @param special remedies of what failed, which count before the usual ones
   */
  public static String describe(Throwable failure, List<Remedy> special) {
    String what = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    if (failure.getClass() == KafkaException.class && failure.getCause() != null) {
      return describe(failure.getCause(), special); // It only wraps what happened.
    }
    Throwable telling = telling(failure);
    return Stream.concat(special.stream(), KNOWN.stream())
        .filter(remedy -> remedy.error.isInstance(telling))
        .findFirst()
        .map(remedy -> what + " (" + remedy.advice + ")")
        .orElse(what);
  }

  /** A time-out says in its cause what it was that didn't come. */
  private static Throwable telling(Throwable failure) {
    Throwable cause = failure instanceof TimeoutException ? failure.getCause() : null;
    return cause == null ? failure : cause;
  }
}
