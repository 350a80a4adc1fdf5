package io.flafka;

import io.flafka.delivery.Participant;
import io.flafka.delivery.PositionLedger;
import io.flafka.delivery.ReplayableChannel;
import java.util.OptionalLong;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.conf.Configurable;
import org.apache.flume.lifecycle.LifecycleState;
import org.jspecify.annotations.Nullable;

/** {@code type = io.flafka.KafkaChannel}: a Kafka topic as a channel. */
public final class KafkaChannel implements ReplayableChannel, PositionLedger, Configurable {
  private final Isolated<ReplayableChannel> channel =
      new Isolated<>(ReplayableChannel.class, "io.flafka.kafka.channel.KafkaChannel");

  @Override
  public void configure(Context context) {
    channel.configure(context);
  }

  @Override
  public void put(Event event) {
    channel.get().put(event);
  }

  @Override
  public @Nullable Event take() {
    return channel.get().take();
  }

  @Override
  public Transaction getTransaction() {
    return channel.get().getTransaction();
  }

  @Override
  public void start() {
    channel.start();
  }

  @Override
  public void stop() {
    channel.stop();
  }

  @Override
  public LifecycleState getLifecycleState() {
    return channel.getLifecycleState();
  }

  @Override
  public void setName(String name) {
    channel.setName(name);
  }

  @Override
  public @Nullable String getName() {
    return channel.getName();
  }

  @Override
  public boolean replays() {
    return channel.get().replays();
  }

  @Override
  public void enlist(Participant participant) {
    channel.get().enlist(participant);
  }

  @Override
  public boolean keepsPositions() {
    return ledger().keepsPositions();
  }

  @Override
  public OptionalLong committed(String stream) {
    return ledger().committed(stream);
  }

  @Override
  public void forget(String stream) {
    ledger().forget(stream);
  }

  private PositionLedger ledger() {
    return (PositionLedger) channel.get();
  }
}
