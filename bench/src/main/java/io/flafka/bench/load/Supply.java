package io.flafka.bench.load;

import io.flafka.delivery.Position;
import io.flafka.delivery.PositionedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/** Ready events, batch by batch; a batch comes again until it is said to be put. For one thread. */
final class Supply {
  private final ReadyBodies bodies;
  private final long events;
  private final @Nullable String stream;
  private long put;

  /**
   * Has all its events still to give.
   *
   * @param events how many there are
   * @param stream the stream of their positions; null for events without a position
   */
  Supply(ReadyBodies bodies, long events, @Nullable String stream) {
    this.bodies = bodies;
    this.events = events;
    this.stream = stream;
  }

  boolean isEmpty() {
    return put == events;
  }

  /** The next events, at most so many. */
  List<Event> batch(int size) {
    int count = (int) Math.min(size, events - put);
    List<Event> batch = new ArrayList<>(count);
    for (long event = put; event < put + count; event++) {
      batch.add(event(event));
    }
    return batch;
  }

  /** Says that the next events are put. */
  void advance(int count) {
    put += count;
  }

  private Event event(long event) {
    byte[] body = bodies.of(event);
    return stream == null
        ? new Plain(body)
        : new Positioned(body, new Position(stream, (event + 1) * (bodies.bytes() + 1)));
  }

  /** As little as an event can be. */
  private static class Plain implements Event {
    private final byte[] body;

    Plain(byte[] body) {
      this.body = body;
    }

    @Override
    public Map<String, String> getHeaders() {
      return Map.of();
    }

    @Override
    public void setHeaders(Map<String, String> headers) {
      throw new UnsupportedOperationException("A ready event has no headers");
    }

    @Override
    public byte[] getBody() {
      return body;
    }

    @Override
    public void setBody(byte[] body) {
      throw new UnsupportedOperationException("A ready event keeps its body");
    }
  }

  private static final class Positioned extends Plain implements PositionedEvent {
    private final Position position;

    Positioned(byte[] body, Position position) {
      super(body);
      this.position = position;
    }

    @Override
    public Position position() {
      return position;
    }
  }
}
