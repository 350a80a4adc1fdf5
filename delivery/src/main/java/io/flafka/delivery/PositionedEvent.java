package io.flafka.delivery;

import org.apache.flume.Event;

/** An event that knows its position. The position stays in memory; no record carries it. */
public interface PositionedEvent extends Event {
  Position position();
}
