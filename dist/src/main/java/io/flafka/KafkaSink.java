package io.flafka;

import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink;
import org.apache.flume.conf.BatchSizeSupported;
import org.apache.flume.conf.Configurable;
import org.apache.flume.lifecycle.LifecycleState;
import org.jspecify.annotations.Nullable;

/** {@code type = io.flafka.KafkaSink}: events into Kafka topics. */
public final class KafkaSink implements Sink, Configurable, BatchSizeSupported {
  private final Isolated<Sink> sink = new Isolated<>(Sink.class, "io.flafka.kafka.sink.KafkaSink");

  @Override
  public void configure(Context context) {
    sink.configure(context);
  }

  @Override
  public long getBatchSize() {
    return ((BatchSizeSupported) sink.get()).getBatchSize();
  }

  @Override
  public void setChannel(Channel channel) {
    sink.get().setChannel(channel);
  }

  @Override
  public Channel getChannel() {
    return sink.get().getChannel();
  }

  @Override
  public Status process() throws EventDeliveryException {
    return sink.get().process();
  }

  @Override
  public void start() {
    sink.start();
  }

  @Override
  public void stop() {
    sink.stop();
  }

  @Override
  public LifecycleState getLifecycleState() {
    return sink.getLifecycleState();
  }

  @Override
  public void setName(String name) {
    sink.setName(name);
  }

  @Override
  public @Nullable String getName() {
    return sink.getName();
  }
}
