package io.flafka.spooldir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.flafka.delivery.Position;
import io.flafka.delivery.PositionedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flume.ChannelSelector;
import org.apache.flume.Event;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.ReplicatingChannelSelector;

/**
 * Everything that was accepted, in order; and a way to refuse. For the reader's thread and the
 * test's.
 */
final class TestChannel {
  private final List<Event> accepted = new ArrayList<>();
  private Consumer<List<Event>> before = batch -> {};

  /** What happens to each batch before it is accepted; it may throw. */
  synchronized void before(Consumer<List<Event>> action) {
    before = action;
  }

  ChannelProcessor processor() {
    ChannelSelector none = new ReplicatingChannelSelector();
    return new ChannelProcessor(none) {
      @Override
      public void processEventBatch(List<Event> batch) {
        Consumer<List<Event>> action;
        synchronized (TestChannel.this) {
          action = before;
        }
        action.accept(batch);
        synchronized (TestChannel.this) {
          accepted.addAll(batch);
        }
      }
    };
  }

  synchronized List<Event> events() {
    return List.copyOf(accepted);
  }

  List<String> lines() {
    return events().stream()
        .map(event -> new String(event.getBody(), ISO_8859_1))
        .collect(Collectors.toList());
  }

  List<Position> positions() {
    return events().stream()
        .map(event -> ((PositionedEvent) event).position())
        .collect(Collectors.toList());
  }
}
