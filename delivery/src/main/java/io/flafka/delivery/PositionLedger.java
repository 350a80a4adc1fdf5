package io.flafka.delivery;

import java.util.OptionalLong;

/** A channel that remembers, atomically with the events, how far each stream has been committed. */
public interface PositionLedger {
  /** The highest offset committed of a stream; empty if nothing of it ever was. */
  OptionalLong committed(String stream);

  /** Says that a stream has ended and its input is retired: nothing of it will be put again. */
  void forget(String stream);
}
