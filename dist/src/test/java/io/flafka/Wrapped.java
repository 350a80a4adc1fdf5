package io.flafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.flume.source.avro.AvroFlumeEvent;

/** Events as values of records, written and read by the library that stock Flume does it with. */
final class Wrapped {
  private Wrapped() {}

  static byte[] bytes(String body, Map<String, String> headers) throws IOException {
    AvroFlumeEvent event = new AvroFlumeEvent();
    event.setHeaders(new TreeMap<>(headers));
    event.setBody(ByteBuffer.wrap(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new SpecificDatumWriter<>(AvroFlumeEvent.class).write(event, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  /**
   * The value as a text that is the same for the same bytes, but for the order of the headers,
   * which is the order of a hash table in stock Flume.
   */
  static String text(byte[] value) throws IOException {
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, null);
    AvroFlumeEvent event = new SpecificDatumReader<>(AvroFlumeEvent.class).read(null, decoder);
    Map<String, String> headers = new TreeMap<>();
    event.getHeaders().forEach((name, text) -> headers.put(name.toString(), text.toString()));
    ByteBuffer body = event.getBody();
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    return value.length
        + " bytes: "
        + headers
        + " "
        + Bytes.text(bytes)
        + (decoder.isEnd() ? "" : " and more");
  }
}
