package io.flafka.delivery;

import java.util.OptionalLong;

/**
 * A channel that remembers, atomically with the events, how far each stream has been committed. For
 * any thread.
 *
 * <p>What is put at or below the committed offset is ignored, so a source that is in doubt puts
 * again.
 */
public interface PositionLedger {
  /**
   * Whether it remembers, as configured. If not, a source has only its own notes to go by, and
   * neither of the other methods may be called.
   */
  boolean keepsPositions();

  /**
   * The highest offset committed of a stream; empty if nothing of it ever was. Ask again after any
   * failed transaction: the channel may have been fenced, or have found that it was committed.
   *
   * @throws org.apache.flume.ChannelException if that can't be known now
   */
  OptionalLong committed(String stream);

  /**
   * Says that a stream has ended and its input is retired: nothing of it will be put again. Returns
   * at once; it is written with the next transaction, or when the channel stops.
   */
  void forget(String stream);
}
