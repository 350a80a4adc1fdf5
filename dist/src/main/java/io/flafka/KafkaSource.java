package io.flafka;

import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.PollableSource;
import org.apache.flume.Source;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.conf.BatchSizeSupported;
import org.apache.flume.conf.Configurable;
import org.apache.flume.lifecycle.LifecycleState;
import org.jspecify.annotations.Nullable;

/** {@code type = io.flafka.KafkaSource}: the events in Kafka topics. */
public final class KafkaSource implements PollableSource, Configurable, BatchSizeSupported {
  private final Isolated<Source> source =
      new Isolated<>(Source.class, "io.flafka.kafka.source.KafkaSource");

  @Override
  public void configure(Context context) {
    source.configure(context);
  }

  @Override
  public long getBatchSize() {
    return ((BatchSizeSupported) source.get()).getBatchSize();
  }

  @Override
  public void setChannelProcessor(ChannelProcessor channelProcessor) {
    source.get().setChannelProcessor(channelProcessor);
  }

  @Override
  public ChannelProcessor getChannelProcessor() {
    return source.get().getChannelProcessor();
  }

  @Override
  public Status process() throws EventDeliveryException {
    return ((PollableSource) source.get()).process();
  }

  @Override
  public long getBackOffSleepIncrement() {
    return ((PollableSource) source.get()).getBackOffSleepIncrement();
  }

  @Override
  public long getMaxBackOffSleepInterval() {
    return ((PollableSource) source.get()).getMaxBackOffSleepInterval();
  }

  @Override
  public void start() {
    source.start();
  }

  @Override
  public void stop() {
    source.stop();
  }

  @Override
  public LifecycleState getLifecycleState() {
    return source.getLifecycleState();
  }

  @Override
  public void setName(String name) {
    source.setName(name);
  }

  @Override
  public @Nullable String getName() {
    return source.getName();
  }
}
