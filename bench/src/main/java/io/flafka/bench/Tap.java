package io.flafka.bench;

import java.time.Duration;
import java.util.function.Consumer;

/** Where the lines of a trickle come out. For one thread. */
interface Tap extends AutoCloseable {
  /** Waits for lines, but no longer than so long, and hands on those that came. */
  void take(Duration limit, Consumer<byte[]> lines);

  /** Deletes what the lines went through. */
  @Override
  void close();
}
