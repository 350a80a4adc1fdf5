package io.flafka.kafka.record;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a consumer hand out payloads, read straight from what it fetched, so that a body is copied
 * once. A value that is no event doesn't stop the consumer: it becomes {@link Malformed}. For one
 * consumer, on its thread.
 */
public final class PayloadDeserializer implements Deserializer<Payload> {
  private final ValueFormat format;
  private final RecentTexts texts = new RecentTexts();

  public PayloadDeserializer(ValueFormat format) {
    this.format = format;
  }

  @Override
  public Payload deserialize(String topic, byte @Nullable [] value) {
    return format.decode(value == null ? null : ByteBuffer.wrap(value), texts);
  }

  @Override
  public Payload deserialize(String topic, Headers headers, @Nullable ByteBuffer value) {
    return format.decode(value, texts);
  }
}
