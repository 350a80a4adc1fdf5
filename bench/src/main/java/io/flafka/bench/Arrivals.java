package io.flafka.bench;

import io.flafka.bench.load.ReadyBodies;

/** How often each ready body is in a topic, against how often it should be. For one thread. */
final class Arrivals {
  private final ReadyBodies bodies;
  private final long[] count = new long[ReadyBodies.SIZE];
  private long strange;

  Arrivals(ReadyBodies bodies) {
    this.bodies = bodies;
  }

  /** Counts the value of a record. */
  void add(byte[] value) {
    int number = bodies.numberIn(value);
    if (number < 0) {
      strange++;
    } else {
      count[number]++;
    }
  }

  /** Counts all committed records of a topic. */
  Arrivals read(String bootstrapServers, String topic) {
    new CommittedValues(bootstrapServers, topic).each(this::add);
    return this;
  }

  /**
   * Compares with what was put.
   *
   * @throws IllegalStateException if it isn't just that, with the differences
   */
  void check(long events) {
    long lost = 0;
    long doubled = 0;
    for (int number = 0; number < count.length; number++) {
      long put = events / count.length + (number < events % count.length ? 1 : 0);
      lost += Math.max(0, put - count[number]);
      doubled += Math.max(0, count[number] - put);
    }
    if (lost + doubled + strange > 0) {
      throw new IllegalStateException(
          "of %,d events, %,d are lost and %,d doubled; %,d records are none of them"
              .formatted(events, lost, doubled, strange));
    }
  }
}
