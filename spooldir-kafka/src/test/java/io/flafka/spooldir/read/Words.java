package io.flafka.spooldir.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.serialization.EventDeserializer;
import org.apache.flume.serialization.ResettableInputStream;
import org.jspecify.annotations.Nullable;

/** Words between blanks; each says in its header how long it is. */
public final class Words implements EventDeserializer {
  private final ResettableInputStream in;
  private final String poison;

  Words(ResettableInputStream in, String poison) {
    this.in = in;
    this.poison = poison;
  }

  /** What the configuration names. */
  public static final class Builder implements EventDeserializer.Builder {
    @Override
    public EventDeserializer build(Context context, ResettableInputStream in) {
      return new Words(in, context.getString("poison", "poison"));
    }
  }

  @Override
  public @Nullable Event readEvent() throws IOException {
    StringBuilder word = new StringBuilder();
    int c = in.readChar();
    while (c >= 0 && c != ' ') {
      word.append((char) c);
      c = in.readChar();
    }
    if (word.isEmpty()) {
      return null;
    }
    if (word.toString().equals(poison)) {
      throw new IllegalStateException("poisoned");
    }
    Event event = EventBuilder.withBody(word.toString(), UTF_8);
    event.getHeaders().put("length", Integer.toString(word.length()));
    event.getHeaders().put("basename", "not this");
    return event;
  }

  @Override
  public List<Event> readEvents(int most) throws IOException {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      Event event = readEvent();
      if (event != null) {
        events.add(event);
      }
    }
    return events;
  }

  @Override
  public void mark() throws IOException {
    in.mark();
  }

  @Override
  public void reset() throws IOException {
    in.reset();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
