package io.flafka.delivery;

import org.apache.flume.ChannelException;
import org.apache.flume.Event;

/**
 * A channel can't take one event, now or later, whatever its neighbours are: it is too large, or
 * meant for a partition that isn't there. A source that knows this exception can set that event
 * aside and go on; any other holds at it.
 */
public final class RefusedEventException extends ChannelException {
  private static final long serialVersionUID = 1;

  private final transient Event event;

  public RefusedEventException(String message, Event event) {
    super(message);
    this.event = event;
  }

  /** The one that is refused. */
  public Event event() {
    return event;
  }
}
