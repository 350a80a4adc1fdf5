package io.flafka.delivery;

import java.util.HashMap;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The mark of an event that was found unfit on its way, by an interceptor: its header {@value
 * #HEADER} says why.
 *
 * <p>A Kafka channel or sink with a {@code deadletter.topic} puts such an event there, and takes
 * the mark off: the letter says elsewhere why it is there, and is not unfit for ever. To any other
 * component it is an event like others.
 */
public final class DeadLetterMark {
  /** The header's name. */
  public static final String HEADER = "flafka.deadletter";

  private DeadLetterMark() {}

  /** Marks an event. */
  public static void set(Event event, String reason) {
    event.getHeaders().put(HEADER, reason);
  }

  /** Takes the mark off, if there is one. */
  public static void remove(Event event) {
    event.getHeaders().remove(HEADER);
  }

  /** Why an event is marked; null if it isn't. */
  public static @Nullable String of(Event event) {
    return event.getHeaders().get(HEADER);
  }

  /** The event itself if it has no mark, else one without. The original keeps its own. */
  public static Event without(Event event) {
    if (of(event) == null) {
      return event;
    }
    Map<String, String> headers = new HashMap<>(event.getHeaders());
    headers.remove(HEADER);
    return EventBuilder.withBody(event.getBody(), headers);
  }
}
