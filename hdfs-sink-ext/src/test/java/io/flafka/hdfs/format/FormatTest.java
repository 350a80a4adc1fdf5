package io.flafka.hdfs.format;

import static io.flafka.hdfs.format.MemoryFile.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.flume.Event;
import org.apache.flume.event.JSONEvent;
import org.apache.flume.serialization.FlumeEventAvroEventSerializer;
import org.junit.jupiter.api.Test;

class FormatTest {
  private static Format serialized(String type) {
    return new SerializedFormat(type, Map.of());
  }

  @Test
  void writesTextLineByLine() throws Exception {
    Event[] events = {event("one"), event(""), event("two")};
    assertThat(MemoryFile.of(new TextFormat(true), events)).asString().isEqualTo("one\n\ntwo\n");
    assertThat(MemoryFile.of(new TextFormat(false), events)).asString().isEqualTo("onetwo");
  }

  @Test
  void writesTextAsFlumeDoes() throws Exception {
    Event[] events = {event("one", "h", "v"), event("two")};
    assertThat(MemoryFile.of(new TextFormat(true), events))
        .isEqualTo(MemoryFile.of(serialized("TEXT"), events));
  }

  @Test
  void writesHeadersAndText() throws Exception {
    assertThat(MemoryFile.of(serialized("HEADER_AND_TEXT"), event("one", "h", "v")))
        .asString()
        .isEqualTo("{h=v} one\n");
  }

  @Test
  void givesStocksAvroSerializerAnyKindOfEvent() throws Exception {
    JSONEvent foreign = new JSONEvent();
    foreign.setHeaders(Map.of("h", "v"));
    foreign.setBody("one".getBytes(StandardCharsets.UTF_8));
    String stock = FlumeEventAvroEventSerializer.Builder.class.getName();
    byte[] file = MemoryFile.of(serialized(stock), foreign, event("two"));
    try (var reader =
        new DataFileStream<GenericRecord>(
            new ByteArrayInputStream(file), new GenericDatumReader<>())) {
      GenericRecord first = reader.next();
      assertThat(first.get("headers")).hasToString("{h=v}");
      assertThat(reader.next().get("headers")).hasToString("{}");
      assertThat(reader.hasNext()).isFalse();
    }
  }

  @Test
  void buffersWithoutLosingOrReordering() throws Exception {
    byte[] large = new byte[200_000];
    Arrays.fill(large, (byte) 'x');
    String x = new String(large, StandardCharsets.UTF_8);
    StringBuilder expected = new StringBuilder();
    MemoryFile file = new MemoryFile();
    EventWriter writer = new TextFormat(true).begin(file.output);
    for (int i = 0; i < 20_000; i++) {
      String body = i % 5000 == 4999 ? x : "event-" + i;
      writer.append(event(body));
      expected.append(body).append('\n');
    }
    assertThat(file.output.position()).isEqualTo(expected.length());
    assertThat(file.closed()).asString().isEqualTo(expected.toString());
  }
}
