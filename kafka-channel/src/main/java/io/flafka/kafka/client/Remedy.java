package io.flafka.kafka.client;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What to change when Kafka says no.
 *
 * @param error the exception that tells what happened
 * @param word what its message contains; empty if that doesn't matter
 * @param advice the keys to change, as the end of a sentence
 */
public record Remedy(Class<? extends Exception> error, String word, String advice) {
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
                  + " raise these, correct the header, or set kafka.timestamp.after.max.ms to have"
                  + " only such events refused"),
          new Remedy(
              NotEnoughReplicasException.class,
              "bring brokers back until the topic's min.insync.replicas are in sync"),
          new Remedy(
              NotEnoughReplicasAfterAppendException.class,
              "bring brokers back until the topic's min.insync.replicas are in sync"),
          new Remedy(
              TimeoutException.class,
              "check that the brokers of kafka.bootstrap.servers are up, as many as the topic's"
                  + " min.insync.replicas asks for, that their listener there speaks the"
                  + " security.protocol of kafka.producer and kafka.consumer, that they let this"
                  + " user in (if not, Kafka's client has logged why), and that they have"
                  + " the topic that kafka.topic names"));

  /** Whatever its message. */
  public Remedy(Class<? extends Exception> error, String advice) {
    this(error, "", advice);
  }

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
    Throwable cause = failure.getCause();
    if (failure.getClass() == KafkaException.class && cause != null) {
      return prefix(failure) + describe(cause, special); // It only wraps what happened.
    }
    String what =
        failure.getClass().getSimpleName() + ": " + failure.getMessage() + reason(failure);
    Throwable telling = telling(failure);
    return Stream.of(special, Security.REMEDIES, KNOWN)
        .flatMap(List::stream)
        .filter(remedy -> remedy.applies(telling))
        .findFirst()
        .map(remedy -> what + " (" + remedy.advice + ")")
        .orElse(what);
  }

  private boolean applies(Throwable failure) {
    return error.isInstance(failure) && String.valueOf(failure.getMessage()).contains(word);
  }

  /** A wrapper knows which file it was that couldn't be loaded. */
  private static String prefix(Throwable wrapper) {
    String message = String.valueOf(wrapper.getMessage());
    return message.startsWith("Failed to load") ? message + ": " : "";
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof SslAuthenticationException && cause != null
        ? ": " + cause.getMessage()
        : "";
  }

  /** Time-outs and failed handshakes say in their cause what it was. */
  private static Throwable telling(Throwable failure) {
    boolean vague =
        failure instanceof TimeoutException || failure instanceof SslAuthenticationException;
    Throwable cause = vague ? failure.getCause() : null;
    return cause == null ? failure : cause;
  }
}
