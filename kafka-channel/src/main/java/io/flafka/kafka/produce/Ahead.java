package io.flafka.kafka.produce;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How far ahead of now a record's time may be. Brokers refuse the whole batch that holds one
 * further ahead than the topic's {@code message.timestamp.after.max.ms}. The clock is read only
 * when a time is later than any before could be. For any thread.
 */
final class Ahead {
  private final Duration most;
  private final InstantSource clock;
  private volatile long latest = Long.MIN_VALUE;

  Ahead(Duration most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  Duration most() {
    return most;
  }

  /** Whether a time, in milliseconds since 1970, may be. */
  boolean allows(long time) {
    if (time > latest) {
      latest = fromNow();
    }
    return time <= latest;
  }

  /** The largest limit, which is Kafka's word for none, is past the end of time. */
  private long fromNow() {
    long now = clock.millis();
    long limit = most.toMillis();
    return limit > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + limit;
  }
}
