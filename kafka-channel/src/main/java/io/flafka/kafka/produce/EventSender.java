package io.flafka.kafka.produce;

import io.flafka.delivery.PositionLedger;
import io.flafka.kafka.record.EventMapping;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The producing side of a component. For any number of threads. */
public final class EventSender {
  private final RecordSender sender;
  private final EventRecords records;
  private final @Nullable DeadLetterTopic deadLetters;

  private EventSender(
      RecordSender sender, EventRecords records, @Nullable DeadLetterTopic deadLetters) {
    this.sender = sender;
    this.records = records;
    this.deadLetters = deadLetters;
  }

  /**
   * Makes what {@link PutSettings#open} makes.
   *
   * @param destination which topic an event goes to
   * @param mapping how it becomes a record
   * @param deadLetters takes what can never be sent, and is closed with this; null to refuse it
   * @throws KafkaException if the producer can't be made
   */
  public static EventSender open(
      PutSettings settings,
      Destination destination,
      EventMapping mapping,
      @Nullable DeadLetterTopic deadLetters,
      ExactlyOnceSender.Watch watch) {
    RecordSender sender = settings.open(watch);
    RecordCheck check =
        settings.check(new KnownTopics(sender::partitions, System::nanoTime), destination.fixed());
    MarkedEvents marks = new MarkedEvents(deadLetters != null);
    EventRecords records = new EventRecords(destination, mapping, check, marks, deadLetters);
    return new EventSender(sender, records, deadLetters);
  }

  /** An empty batch. */
  public EventBatch batch() {
    return new EventBatch(sender, records);
  }

  /** What it knows of positions. */
  public PositionLedger ledger() {
    return sender;
  }

  /**
   * Closes what it holds.
   *
   * @param limit how long to wait for what is under way
   */
  public void close(Duration limit) {
    sender.close(limit);
    if (deadLetters != null) {
      deadLetters.close(Duration.ZERO); // It waits for every letter, so nothing is under way.
    }
  }
}
