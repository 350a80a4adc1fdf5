package io.flafka.kafka.produce;

import io.flafka.delivery.DeadLetterMark;
import io.flafka.delivery.RefusedEventException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flume.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses events that are marked as dead letters, if there is a topic for them. For any thread. */
final class MarkedEvents {
  private static final Logger log = LoggerFactory.getLogger(MarkedEvents.class);

  private final boolean refuses;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * @param refuses whether there is a topic for dead letters; without one, marked events are like
   *     others, which is said once
   */
  MarkedEvents(boolean refuses) {
    this.refuses = refuses;
  }

  /**
   * Looks for a mark.
   *
   * @throws RefusedEventException if there is one, and a topic for it
   */
  void check(Event event) {
    String reason = DeadLetterMark.of(event);
    if (reason == null) {
      return;
    }
    if (refuses) {
      throw new RefusedEventException(
          "An interceptor marked an event as a dead letter: " + reason, event);
    }
    if (!warned.get() && warned.compareAndSet(false, true)) {
      log.warn(
          "An interceptor marked an event as a dead letter ({}), but {} is not set here: this one"
              + " and others go where all events go",
          reason,
          DeadLetterTopic.KEY);
    }
  }
}
