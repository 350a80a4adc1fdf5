package io.flafka.kafka.record;

import io.flafka.delivery.RefusedEventException;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/**
 * Which partition an event goes to, if the configuration decides that.
 *
 * @param fixed the partition of every event whose header doesn't name one; null leaves it to the
 *     producer, which goes by the key
 * @param header the event header that names the partition; null if none does
 */
public record PartitionChoice(@Nullable Integer fixed, @Nullable String header) {
  /**
   * The partition of one event, null if the producer chooses.
   *
   * @throws RefusedEventException if the header holds no number, or a negative one
   */
  public @Nullable Integer of(Event event) {
    String value = header == null ? null : event.getHeaders().get(header);
    if (value == null) {
      return fixed;
    }
    try {
      int partition = Integer.parseInt(value);
      if (partition < 0) {
        throw new NumberFormatException("negative");
      }
      return partition;
    } catch (NumberFormatException e) {
      throw new RefusedEventException(
          "An event's header "
              + header
              + " = "
              + value
              + " is no partition: it takes a whole number from 0. The event was not put. Correct"
              + " whatever sets the header, or remove partitionIdHeader",
          event);
    }
  }
}
