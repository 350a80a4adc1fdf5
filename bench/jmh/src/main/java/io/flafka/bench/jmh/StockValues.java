package io.flafka.bench.jmh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.source.avro.AvroFlumeEvent;
import org.jspecify.annotations.Nullable;

/**
 * Events as records' values, by the same calls of Flume's and Avro's classes that the transaction
 * of stock Flume's Kafka channel makes; that one is private, and needs a broker. For one thread.
 *
 * @see org.apache.flume.source.avro.AvroFlumeEvent
 */
public final class StockValues {
  private final boolean flumeEvents;
  private final SpecificDatumWriter<AvroFlumeEvent> writer =
      new SpecificDatumWriter<>(AvroFlumeEvent.class);
  private final SpecificDatumReader<AvroFlumeEvent> reader =
      new SpecificDatumReader<>(AvroFlumeEvent.class);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private @Nullable BinaryEncoder encoder;
  private @Nullable BinaryDecoder decoder;

  /**
   * @param flumeEvents {@code parseAsFlumeEvent}: whether headers are in the values, too
   */
  public StockValues(boolean flumeEvents) {
    this.flumeEvents = flumeEvents;
  }

  /** The value of an event's record. */
  public byte[] encode(Event event) throws IOException {
    if (!flumeEvents) {
      return event.getBody();
    }
    out.reset();
    Map<CharSequence, CharSequence> headers = new HashMap<>();
    event.getHeaders().forEach(headers::put);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, this.encoder);
    this.encoder = encoder;
    writer.write(new AvroFlumeEvent(headers, ByteBuffer.wrap(event.getBody())), encoder);
    encoder.flush();
    return out.toByteArray();
  }

  /** The event of a record's value. */
  public Event decode(byte[] value) throws IOException {
    if (!flumeEvents) {
      return EventBuilder.withBody(value, Map.of());
    }
    BinaryDecoder decoder =
        DecoderFactory.get().directBinaryDecoder(new ByteArrayInputStream(value), this.decoder);
    this.decoder = decoder;
    AvroFlumeEvent read = reader.read(null, decoder);
    Map<String, String> headers = new HashMap<>();
    read.getHeaders().forEach((name, text) -> headers.put(name.toString(), text.toString()));
    return EventBuilder.withBody(read.getBody().array(), headers);
  }
}
