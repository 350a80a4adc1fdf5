package io.flafka;

import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.conf.Configurable;
import org.apache.flume.lifecycle.LifecycleState;
import org.jspecify.annotations.Nullable;

/** {@code type = io.flafka.KafkaChannel}: a Kafka topic as a channel. */
public final class KafkaChannel implements Channel, Configurable {
  private final Isolated<Channel> channel =
      new Isolated<>(Channel.class, "io.flafka.kafka.KafkaChannel");

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
}
