package io.flafka.spooldir.read;

import org.apache.flume.serialization.PositionTracker;

/** Where a deserializer says that it would go on. Nothing of it outlives the reading. */
final class MarkInMemory implements PositionTracker {
  private final String target;
  private long position;

  MarkInMemory(String target) {
    this.target = target;
  }

  @Override
  public void storePosition(long position) {
    this.position = position;
  }

  @Override
  public long getPosition() {
    return position;
  }

  @Override
  public String getTarget() {
    return target;
  }

  @Override
  public void close() {}
}
