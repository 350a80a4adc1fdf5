package io.flafka.spooldir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.flafka.delivery.Position;
import io.flafka.delivery.PositionLedger;
import io.flafka.delivery.PositionedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flume.ChannelException;
import org.apache.flume.ChannelSelector;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.AbstractChannel;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.ReplicatingChannelSelector;

/**
 * Everything that was accepted, in order; and a way to refuse. It keeps positions if asked to. For
 * the source's threads and the test's.
 */
final class TestChannel extends AbstractChannel implements PositionLedger {
  private final boolean keepsPositions;
  private final List<Event> accepted = new ArrayList<>();
  private final Map<String, Long> ledger = new HashMap<>();
  private final Set<String> forgotten = new HashSet<>();
  private Consumer<List<Event>> before = batch -> {};
  private Runnable after = () -> {};
  private Runnable beforeForgetting = () -> {};
  private boolean mute;
  private int refusals;

  TestChannel() {
    this(false);
  }

  TestChannel(boolean keepsPositions) {
    this.keepsPositions = keepsPositions;
    setName("c1");
  }

  /** What another process finds that comes after this one was killed. */
  synchronized TestChannel copy() {
    TestChannel copy = new TestChannel(keepsPositions);
    copy.accepted.addAll(accepted);
    copy.ledger.putAll(ledger);
    copy.forgotten.addAll(forgotten);
    return copy;
  }

  /** What happens to each batch before it is accepted; it may throw. */
  synchronized void before(Consumer<List<Event>> action) {
    before = action;
  }

  /** What happens after a batch was accepted, and before anybody knows. */
  synchronized void after(Runnable action) {
    after = action;
  }

  /** What happens before a stream is forgotten; it may throw. */
  synchronized void beforeForgetting(Runnable action) {
    beforeForgetting = action;
  }

  /** Whether it can't tell how far it got. */
  synchronized void mute(boolean now) {
    mute = now;
  }

  ChannelProcessor processor() {
    ChannelSelector selector = new ReplicatingChannelSelector();
    selector.setChannels(List.of(this));
    return new ChannelProcessor(selector) {
      @Override
      public void processEventBatch(List<Event> batch) {
        Consumer<List<Event>> action;
        Runnable then;
        synchronized (TestChannel.this) {
          action = before;
          then = after;
        }
        action.accept(batch);
        accept(batch);
        then.run();
      }
    };
  }

  /** As the processor does that it makes. */
  synchronized void accept(List<Event> batch) {
    Map<String, Long> reached = new HashMap<>();
    for (Event event : batch) {
      Position position = ((PositionedEvent) event).position();
      if (!keepsPositions || position.offset() > ledger.getOrDefault(position.stream(), -1L)) {
        accepted.add(event);
        reached.put(position.stream(), position.offset());
      }
    }
    ledger.putAll(reached);
  }

  /** How often it could not tell. */
  synchronized int refusals() {
    return refusals;
  }

  @Override
  public boolean keepsPositions() {
    return keepsPositions;
  }

  @Override
  public synchronized OptionalLong committed(String stream) {
    if (mute) {
      refusals++;
      throw new ChannelException("no connection");
    }
    Long offset = ledger.get(stream);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  @Override
  public synchronized void forget(String stream) {
    if (mute) {
      throw new ChannelException("no connection");
    }
    beforeForgetting.run();
    forgotten.add(stream);
  }

  /** The streams that it was told to forget. */
  synchronized Set<String> forgotten() {
    return Set.copyOf(forgotten);
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

  @Override
  public void put(Event event) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Event take() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Transaction getTransaction() {
    throw new UnsupportedOperationException();
  }
}
