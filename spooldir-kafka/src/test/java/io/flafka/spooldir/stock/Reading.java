package io.flafka.spooldir.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.flume.ChannelSelector;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.ChannelSelectorFactory;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.conf.Configurable;
import org.apache.flume.source.AbstractSource;

/**
 * A source that reads into memory channels, with the interceptors and the selector that its keys
 * name.
 */
final class Reading implements AutoCloseable {
  private static final long LIMIT = TimeUnit.SECONDS.toNanos(30);

  private final Path folder;
  private final AbstractSource source;
  private final List<MemoryChannel> channels = new ArrayList<>();
  private final Map<String, List<Seen>> events = new TreeMap<>();

  /** A question that may fail. */
  interface Condition {
    boolean holds() throws IOException;
  }

  /**
   * Starts a source.
   *
   * @param folder of its side
   * @param capacity of each channel, events
   */
  static Reading start(Side side, Path folder, Map<String, String> keys, int capacity) {
    Reading reading = new Reading(side, folder, keys, capacity);
    reading.source.start();
    return reading;
  }

  private Reading(Side side, Path folder, Map<String, String> keys, int capacity) {
    this.folder = folder;
    for (String name : keys.getOrDefault("channels", "c1").split(" ", -1)) {
      channels.add(memory(name, capacity));
    }
    ChannelSelector selector =
        ChannelSelectorFactory.create(
            List.copyOf(channels), new Context(keys).getSubProperties("selector."));
    ChannelProcessor processor = new ChannelProcessor(selector);
    processor.configure(new Context(keys));
    this.source = side.source();
    source.setName(side.lowerCase());
    source.setChannelProcessor(processor);
    ((Configurable) source).configure(new Context(withoutFlumes(keys)));
  }

  private static MemoryChannel memory(String name, int capacity) {
    MemoryChannel channel = new MemoryChannel();
    channel.setName(name);
    String most = Integer.toString(capacity);
    channel.configure(
        new Context(Map.of("capacity", most, "transactionCapacity", most, "keep-alive", "0")));
    channel.start();
    return channel;
  }

  /** The keys that Flume itself reads. */
  private static Map<String, String> withoutFlumes(Map<String, String> keys) {
    return keys.entrySet().stream()
        .filter(key -> !key.getKey().equals("channels"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  void await(String what, Condition condition) throws IOException {
    long deadline = System.nanoTime() + LIMIT;
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("until %s", what).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  /** Whether it will never read again. */
  boolean isDead() {
    return Side.isDead(source);
  }

  /** Whether a channel was full, so that it waits with what it has read. */
  boolean isHeldUp() {
    return Side.isHeldUp(source);
  }

  /** Makes room in the channels; returns itself. */
  Reading drain() {
    for (MemoryChannel channel : channels) {
      take(channel);
    }
    return this;
  }

  /** All that came so far, channel by channel. */
  List<Seen> events() {
    return drain().events.values().stream().flatMap(List::stream).collect(Collectors.toList());
  }

  private void take(MemoryChannel channel) {
    long most = channel.getTransactionCapacity();
    List<Seen> to = events.computeIfAbsent(channel.getName(), none -> new ArrayList<>());
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    for (long taken = 0; taken < most; taken++) {
      Event event = channel.take();
      if (event == null) {
        break;
      }
      to.add(Seen.of(channel.getName(), event, folder));
    }
    transaction.commit();
    transaction.close();
  }

  @Override
  public void close() {
    source.stop();
    channels.forEach(MemoryChannel::stop);
  }
}
