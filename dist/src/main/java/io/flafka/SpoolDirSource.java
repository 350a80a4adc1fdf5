package io.flafka;

import org.apache.flume.Context;
import org.apache.flume.EventDrivenSource;
import org.apache.flume.Source;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.conf.BatchSizeSupported;
import org.apache.flume.conf.Configurable;
import org.apache.flume.lifecycle.LifecycleState;
import org.jspecify.annotations.Nullable;

/** {@code type = io.flafka.SpoolDirSource}: the lines of the files in a spooling directory. */
public final class SpoolDirSource implements EventDrivenSource, Configurable, BatchSizeSupported {
  private final Isolated<Source> source =
      new Isolated<>(Source.class, "io.flafka.spooldir.SpoolDirSource");

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
