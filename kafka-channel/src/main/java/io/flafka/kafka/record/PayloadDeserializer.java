package io.flafka.kafka.record;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a consumer hand out payloads, read straight from what it fetched, so that a body is copied
 * once. A value that is no event doesn't stop the consumer: it becomes {@link Malformed}.
 */
public record PayloadDeserializer(ValueFormat format) implements Deserializer<Payload> {
  @Override
  public Payload deserialize(String topic, byte @Nullable [] value) {
    return format.decode(value == null ? null : ByteBuffer.wrap(value));
  }

  @Override
  public Payload deserialize(String topic, Headers headers, @Nullable ByteBuffer value) {
    return format.decode(value);
  }
}
