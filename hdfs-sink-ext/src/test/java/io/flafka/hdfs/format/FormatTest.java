package io.flafka.hdfs.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.file.Sync;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.event.JSONEvent;
import org.apache.flume.serialization.FlumeEventAvroEventSerializer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatTest {
  private static final Instant NOW = Instant.ofEpochMilli(99);

  @TempDir Path folder;

  private static Event event(String body, String... headers) {
    return EventBuilder.withBody(
        body,
        StandardCharsets.UTF_8,
        headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]));
  }

  private Path write(Format format, Event... events) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FileOutput output = new FileOutput(new FSDataOutputStream(bytes, null), Sync.HFLUSH);
    EventWriter writer = format.begin(output);
    for (Event event : events) {
      writer.append(event);
      writer.flush();
    }
    writer.finish();
    long length = output.position();
    output.close();
    assertThat(bytes.size()).isEqualTo(length);
    return Files.write(folder.resolve("file"), bytes.toByteArray());
  }

  private static Format serialized(String type) {
    return new SerializedFormat(type, Map.of());
  }

  @Test
  void writesTextLineByLine() throws Exception {
    assertThat(write(serialized("TEXT"), event("one"), event("two"))).hasContent("one\ntwo\n");
    assertThat(write(new SerializedFormat("text", Map.of("appendNewline", "false")), event("one")))
        .hasContent("one");
  }

  @Test
  void writesHeadersAndText() throws Exception {
    assertThat(write(serialized("HEADER_AND_TEXT"), event("one", "h", "v")))
        .hasContent("{h=v} one\n");
  }

  @Test
  void givesStocksAvroSerializerAnyKindOfEvent() throws Exception {
    JSONEvent foreign = new JSONEvent();
    foreign.setHeaders(Map.of("h", "v"));
    foreign.setBody("one".getBytes(StandardCharsets.UTF_8));
    String stock = FlumeEventAvroEventSerializer.Builder.class.getName();
    Path file = write(serialized(stock), foreign, event("two"));
    try (var reader =
        new DataFileReader<GenericRecord>(file.toFile(), new GenericDatumReader<>())) {
      GenericRecord first = reader.next();
      assertThat(first.get("headers")).hasToString("{h=v}");
      assertThat(reader.next().get("headers")).hasToString("{}");
      assertThat(reader.hasNext()).isFalse();
    }
  }

  @Test
  void writesSequenceFilesOfBytes() throws Exception {
    Format format = new SequenceFormat(SequenceFormat.Value.WRITABLE, InstantSource.fixed(NOW));
    Path file = write(format, event("one", "timestamp", "17"), event("two"));
    try (SequenceFile.Reader reader = read(file)) {
      LongWritable key = new LongWritable();
      BytesWritable value = new BytesWritable();
      assertThat(reader.next(key, value)).isTrue();
      assertThat(key.get()).isEqualTo(17);
      assertThat(value.copyBytes()).asString().isEqualTo("one");
      assertThat(reader.next(key, value)).isTrue();
      assertThat(key.get()).isEqualTo(99);
      assertThat(reader.next(key, value)).isFalse();
    }
  }

  @Test
  void writesSequenceFilesOfText() throws Exception {
    Format format = new SequenceFormat(SequenceFormat.Value.TEXT, InstantSource.fixed(NOW));
    try (SequenceFile.Reader reader = read(write(format, event("one", "timestamp", "x")))) {
      LongWritable key = new LongWritable();
      Text value = new Text();
      assertThat(reader.next(key, value)).isTrue();
      assertThat(key.get()).isEqualTo(99);
      assertThat(value).hasToString("one");
    }
  }

  private static SequenceFile.Reader read(Path file) throws Exception {
    return new SequenceFile.Reader(
        new Configuration(), SequenceFile.Reader.file(new org.apache.hadoop.fs.Path(file.toUri())));
  }

  @Test
  void buffersWithoutLosingOrReordering() throws Exception {
    byte[] large = new byte[20_000];
    Arrays.fill(large, (byte) 'x');
    String x = new String(large, StandardCharsets.UTF_8);
    Event[] events = new Event[2000];
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < events.length; i++) {
      String body = i % 500 == 499 ? x : "event-" + i;
      events[i] = event(body);
      expected.append(body).append('\n');
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FileOutput output = new FileOutput(new FSDataOutputStream(bytes, null), Sync.HFLUSH);
    EventWriter writer = serialized("TEXT").begin(output);
    for (Event event : events) {
      writer.append(event);
    }
    assertThat(output.position()).isEqualTo(expected.length());
    output.close();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(expected.toString());
  }
}
