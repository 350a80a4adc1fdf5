package io.flafka.spooldir.stock;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.serialization.EventDeserializer;
import org.apache.flume.serialization.ResettableInputStream;
import org.jspecify.annotations.Nullable;

/** A file is an event, as in Flume's BlobDeserializer, up to {@code maxBlobLength} bytes of it. */
public final class WholeFile implements EventDeserializer {
  private final ResettableInputStream in;
  private final int most;

  private WholeFile(ResettableInputStream in, int most) {
    this.in = in;
    this.most = most;
  }

  /** What the configuration names. */
  public static final class Builder implements EventDeserializer.Builder {
    @Override
    public EventDeserializer build(Context context, ResettableInputStream in) {
      return new WholeFile(in, context.getInteger("maxBlobLength", 100_000_000));
    }
  }

  @Override
  public @Nullable Event readEvent() throws IOException {
    ByteArrayOutputStream blob = new ByteArrayOutputStream();
    while (blob.size() < most) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      blob.write(next);
    }
    return blob.size() == 0 ? null : EventBuilder.withBody(blob.toByteArray());
  }

  @Override
  public List<Event> readEvents(int events) throws IOException {
    // Stock adds to the list.
    List<Event> all = new ArrayList<>();
    Event event = readEvent();
    if (event != null) {
      all.add(event);
    }
    return all;
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
