package io.flafka.kafka.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/** What of an event is in a record's value. Stateless, for any thread. */
public enum ValueFormat {
  /**
   * Headers and body, as {@link FlumeEventCodec} writes them: byte by byte what stock Flume writes,
   * so that old and new agents can share a topic.
   */
  FLUME_EVENT {
    @Override
    public byte[] encode(Event event) {
      return FlumeEventCodec.encode(event.getHeaders(), event.getBody());
    }

    @Override
    Payload decode(@Nullable ByteBuffer value, RecentTexts texts) {
      if (value == null) {
        return new Malformed(null, "it has no value");
      }
      ByteBuffer whole = value.duplicate();
      try {
        return FlumeEventCodec.decode(value, texts);
      } catch (MalformedEventException e) {
        return new Malformed(bytes(whole), e.why());
      }
    }
  },

  /**
   * The body and nothing else, so that any program can write and read it. A record without a value
   * is an event with an empty body.
   */
  RAW {
    @Override
    public byte[] encode(Event event) {
      return event.getBody();
    }

    @Override
    Payload decode(@Nullable ByteBuffer value, RecentTexts texts) {
      return new RecordEvent(value == null ? new byte[0] : bytes(value), null);
    }
  };

  /** The record's value. */
  public abstract byte[] encode(Event event);

  /** Reads a value, copying what it keeps: the buffer is the consumer's. */
  public final Payload decode(@Nullable ByteBuffer value) {
    return decode(value, new RecentTexts());
  }

  /** The same, one of many. */
  abstract Payload decode(@Nullable ByteBuffer value, RecentTexts texts);

  private static byte[] bytes(ByteBuffer buffer) {
    if (buffer.hasArray()) {
      int start = buffer.arrayOffset() + buffer.position();
      return Arrays.copyOfRange(buffer.array(), start, start + buffer.remaining());
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
