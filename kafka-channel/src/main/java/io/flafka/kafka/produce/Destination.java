package io.flafka.kafka.produce;

import io.flafka.delivery.RefusedEventException;
import java.util.Optional;
import org.apache.flume.Event;

/** Which topics events go to. For any number of threads. */
public interface Destination {
  /**
   * The event's topic.
   *
   * @throws RefusedEventException if it has none
   */
  String of(Event event);

  /** The topic of events that don't name one themselves; empty if all do. */
  Optional<String> fixed();

  /** One for all. */
  record Topic(String name) implements Destination {
    @Override
    public String of(Event event) {
      return name;
    }

    @Override
    public Optional<String> fixed() {
      return Optional.of(name);
    }
  }
}
