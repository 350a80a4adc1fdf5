package io.flafka.kafka.consume;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;

/** Which topics a reader reads. */
public sealed interface Subscription {
  /** Whether a topic is among them. */
  boolean includes(String topic);

  void subscribe(Consumer<?, ?> consumer, ConsumerRebalanceListener listener);

  /** By name. */
  record Topics(Collection<String> names) implements Subscription {
    public Topics {
      names = List.copyOf(names);
    }

    @Override
    public boolean includes(String topic) {
      return names.contains(topic);
    }

    @Override
    public void subscribe(Consumer<?, ?> consumer, ConsumerRebalanceListener listener) {
      consumer.subscribe(names, listener);
    }
  }

  /** All whose names match, new ones too, as soon as the consumer hears of them. */
  record Matching(Pattern pattern) implements Subscription {
    @Override
    public boolean includes(String topic) {
      return pattern.matcher(topic).matches();
    }

    @Override
    public void subscribe(Consumer<?, ?> consumer, ConsumerRebalanceListener listener) {
      consumer.subscribe(pattern, listener);
    }
  }
}
