package io.flafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;

/** Whatever may matter to a record. */
final class Events {
  /** How many of them have the time {@link TopicWriter#TIME} in the header {@code timestamp}. */
  static final int WITH_TIME = 1;

  private Events() {}

  static Event of(String body, Map<String, String> headers) {
    return EventBuilder.withBody(body, UTF_8, headers);
  }

  /** Some are directed to partition 0 or 2 by the header {@code p}; many have keys. */
  static List<Event> ofAllKinds() {
    List<Event> events = new ArrayList<>();
    events.add(of("no headers", Map.of()));
    events.add(of("", Map.of()));
    events.add(of("", Map.of("key", "of nothing")));
    events.add(of("an empty key", Map.of("key", "")));
    events.add(of("an empty header", Map.of("empty", "")));
    events.add(
        of("Grüße, 世界 \uD83D\uDE00", Map.of("key", "Schlüssel 鍵", "größe", "日本 \uD83D\uDE00")));
    events.add(EventBuilder.withBody(everyByte(), Map.of("key", "binary")));
    events.add(EventBuilder.withBody(large(), Map.of("key", "large")));
    events.add(of("many headers", manyHeaders()));
    events.add(of("a time", Map.of("timestamp", "" + TopicWriter.TIME, "key", "time")));
    events.add(of("no time", Map.of("timestamp", "yesterday", "key", "time")));
    events.add(of("from a host", Map.of("host", "wéb1", "key", "host")));
    events.add(of("to the last", Map.of("p", "2", "key", "k")));
    events.add(of("to the first", Map.of("p", "0")));
    IntStream.range(0, 200).forEach(i -> events.add(of("body " + i, Map.of("key", "key " + i))));
    return events;
  }

  static byte[] everyByte() {
    byte[] bytes = new byte[256];
    IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) i);
    return bytes;
  }

  /** Nearly what Kafka takes. */
  static byte[] large() {
    byte[] bytes = new byte[900_000];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static Map<String, String> manyHeaders() {
    Map<String, String> headers = new HashMap<>();
    IntStream.range(0, 70).forEach(i -> headers.put("header-" + i, "value " + i));
    return headers;
  }
}
