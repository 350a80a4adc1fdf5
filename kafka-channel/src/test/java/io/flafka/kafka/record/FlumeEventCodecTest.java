package io.flafka.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.flume.Event;
import org.apache.flume.source.avro.AvroFlumeEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Avro and the class that stock Flume writes with. */
class FlumeEventCodecTest {
  private static final long SEED = 20261122;

  /** Of all events of a test, as of all that a consumer reads. */
  private final RecentTexts texts = new RecentTexts();

  private Event decode(byte[] datum) throws MalformedEventException {
    return FlumeEventCodec.decode(ByteBuffer.wrap(datum), texts);
  }

  @Test
  void writesTheBytesOfItsDrawing() {
    byte[] datum = FlumeEventCodec.encode(Map.of("key", "ab"), "hello".getBytes(UTF_8));

    assertThat(HexFormat.of().formatHex(datum)).isEqualTo("02066b65790461" + "62000a68656c6c6f");
  }

  @Test
  void writesWhatStockFlumeWrites() throws IOException {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      Map<String, String> headers = headers(random);
      byte[] body = body(random);

      assertThat(FlumeEventCodec.encode(headers, body))
          .as("event %d of seed %d", i, SEED)
          .isEqualTo(stock(headers, body));
    }
  }

  @Test
  void readsWhatStockFlumeWrites() throws Exception {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      Map<String, String> headers = headers(random);
      byte[] body = body(random);

      Event event = decode(stock(headers, body));

      assertThat(event.getHeaders()).as("event %d of seed %d", i, SEED).isEqualTo(headers);
      assertThat(event.getBody()).isEqualTo(body);
    }
  }

  @Test
  void isReadByStockFlume() throws IOException {
    Map<String, String> headers = Map.of("host", "wéb-1 \uD83D\uDE00", "", "");
    byte[] datum = FlumeEventCodec.encode(headers, new byte[70_000]);

    AvroFlumeEvent event =
        new SpecificDatumReader<>(AvroFlumeEvent.class)
            .read(null, DecoderFactory.get().binaryDecoder(datum, null));

    Map<String, String> read = new HashMap<>();
    event.getHeaders().forEach((key, value) -> read.put(key.toString(), value.toString()));
    assertThat(read).isEqualTo(headers);
    assertThat(event.getBody().remaining()).isEqualTo(70_000);
  }

  @Test
  void leavesOutHeadersThatSayNothing() throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("a", "1");
    headers.put("b", null);
    headers.put(null, "2");

    Event event = decode(FlumeEventCodec.encode(headers, new byte[0]));

    assertThat(event.getHeaders()).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void readsBlocksOfNegativeCountAndSeveralBlocks() throws Exception {
    // Two blocks of one entry: the first says its size (4 bytes), the second doesn't.
    Event event = decode("01" + "08" + "02610262" + "02" + "02630264" + "00" + "0278");

    assertThat(event.getHeaders()).isEqualTo(Map.of("a", "b", "c", "d"));
    assertThat(event.getBody()).asString(UTF_8).isEqualTo("x");
  }

  @Test
  void givesHeadersThatCanBeChanged() throws Exception {
    Event event = decode("0000");

    event.getHeaders().put("added", "yes");

    assertThat(event.getHeaders()).containsEntry("added", "yes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing at all
        "00", // no body
        "000a6162", // a body shorter than it says
        "00feffffff0f", // a body of two gigabytes
        "0001", // a body of negative length
        "fcffffffff7f", // more headers than bytes
        "ffffffffffffffffff01", // the least of all numbers as a count
        "ffffffffffffffffffff01", // a number of eleven bytes
        "0280", // a number that stops half-way
        "020661", // a header name shorter than it says
        "0000ff", // a byte too many
        "3132372e302e302e31202d202d" // a line of a web log
      })
  void refusesWhatIsNoEvent(String hex) {
    assertThatThrownBy(() -> decode(hex)).isInstanceOf(MalformedEventException.class);
  }

  @Test
  void neverReadsBeyondAnyPrefixOfAnEvent() {
    byte[] datum = FlumeEventCodec.encode(Map.of("key", "value"), "body".getBytes(UTF_8));
    for (int length = 0; length < datum.length; length++) {
      byte[] prefix = java.util.Arrays.copyOf(datum, length);

      assertThatThrownBy(() -> decode(prefix))
          .as("the first %d bytes", length)
          .isInstanceOf(MalformedEventException.class);
    }
  }

  private Event decode(String hex) throws MalformedEventException {
    return decode(HexFormat.of().parseHex(hex));
  }

  private static byte[] stock(Map<String, String> headers, byte[] body) throws IOException {
    AvroFlumeEvent event =
        new AvroFlumeEvent(
            new LinkedHashMap<CharSequence, CharSequence>(headers), ByteBuffer.wrap(body));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new SpecificDatumWriter<>(AvroFlumeEvent.class).write(event, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static Map<String, String> headers(Random random) {
    Map<String, String> headers = new LinkedHashMap<>();
    int count = random.nextInt(8) == 0 ? random.nextInt(200) : random.nextInt(4);
    for (int i = 0; i < count; i++) {
      headers.put(text(random), text(random));
    }
    return headers;
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(100), 0, 0x1_F6_4F)
        .filter(point -> point < 0xD800 || point > 0xDFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static byte[] body(Random random) {
    byte[] body = new byte[random.nextInt(50) == 0 ? random.nextInt(300_000) : random.nextInt(300)];
    random.nextBytes(body);
    return body;
  }
}
