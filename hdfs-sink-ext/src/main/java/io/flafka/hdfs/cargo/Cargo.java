package io.flafka.hdfs.cargo;

import java.time.InstantSource;
import org.apache.flume.Channel;

/**
 * What Flume gives a sink to work with.
 *
 * @param sink how the sink is called in messages, for example {@code sink k1}
 * @param haste when to take no more in a step
 */
public record Cargo(
    String sink, Channel channel, HdfsSinkCounter counter, InstantSource clock, Haste haste) {}
