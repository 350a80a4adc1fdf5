package io.flafka.hdfs.format;

import static io.flafka.hdfs.format.MemoryFile.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.sink.hdfs.SequenceFileSerializer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.compress.GzipCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceFormatTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(99));

  @TempDir Path folder;

  private static SequenceFormat format(String... keys) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keys.length; i += 2) {
      values.put(keys[i], keys[i + 1]);
    }
    Settings settings = new Settings("sink k1", new Context(values));
    Format format = Format.parse(settings, CLOCK);
    return settings.complete(() -> (SequenceFormat) format);
  }

  private SequenceFile.Reader open(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("file"), bytes);
    return new SequenceFile.Reader(
        new Configuration(), SequenceFile.Reader.file(new org.apache.hadoop.fs.Path(file.toUri())));
  }

  private List<String> read(byte[] bytes, Writable key, Writable value) throws IOException {
    List<String> records = new ArrayList<>();
    try (SequenceFile.Reader reader = open(bytes)) {
      while (reader.next(key, value)) {
        String text =
            value instanceof BytesWritable body
                ? new String(body.copyBytes(), StandardCharsets.UTF_8)
                : value.toString();
        records.add(key + "=" + text);
      }
    }
    return records;
  }

  @Test
  void writesTheTimesAndBytesOfEvents() throws Exception {
    byte[] file = MemoryFile.of(format(), event("one", "timestamp", "17"), event("two"));
    assertThat(read(file, new LongWritable(), new BytesWritable()))
        .containsExactly("17=one", "99=two");
  }

  @Test
  void writesText() throws Exception {
    byte[] file =
        MemoryFile.of(format("hdfs.writeFormat", "Text"), event("one", "timestamp", "no number"));
    assertThat(read(file, new LongWritable(), new Text())).containsExactly("99=one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "bzip2", "lz4", "snappy", "default"})
  void compressesBlocksThatAFlushEnds(String codec) throws Exception {
    MemoryFile file = new MemoryFile();
    EventWriter writer = format("hdfs.codeC", codec).begin(file.output);
    List<String> expected = new ArrayList<>();
    for (int events : new int[] {1, 0, 1000}) {
      for (int i = 0; i < events; i++) {
        writer.append(event("event-" + i));
        expected.add("99=event-" + i);
      }
      writer.flush();
      assertThat(read(file.durable(), new LongWritable(), new BytesWritable())).isEqualTo(expected);
    }
    writer.append(event("last"));
    expected.add("99=last");
    writer.finish();
    assertThat(read(file.closed(), new LongWritable(), new BytesWritable())).isEqualTo(expected);
  }

  @Test
  void saysInTheFileHowItIsCompressed() throws Exception {
    SequenceFormat format = format("hdfs.codeC", "gzip");
    assertThat(format.extension()).isEqualTo(".gz");
    try (SequenceFile.Reader reader = open(MemoryFile.of(format, event("one")))) {
      assertThat(reader.getCompressionType()).isEqualTo(CompressionType.BLOCK);
      assertThat(reader.getCompressionCodec()).isExactlyInstanceOf(GzipCodec.class);
    }
  }

  @Test
  void isNotCompressedByNoCodec() throws Exception {
    SequenceFormat format = format("hdfs.codeC", "none");
    assertThat(format.extension()).isEmpty();
    try (SequenceFile.Reader reader = open(MemoryFile.of(format, event("one")))) {
      assertThat(reader.isCompressed()).isFalse();
    }
  }

  @Test
  void tellsWhatABlockHoldsBack() throws Exception {
    MemoryFile file = new MemoryFile();
    EventWriter writer = format("hdfs.codeC", "gzip").begin(file.output);
    Random random = new Random(7);
    while (file.output.position() + writer.pending() < 800_000) {
      writer.append(event(Long.toHexString(random.nextLong())));
    }
    writer.finish();
    assertThat(file.closed().length).isBetween(700_000, 900_000);
  }

  /** Makes two records of an event. */
  public static final class Doubling implements SequenceFileSerializer {
    private final String ending;

    private Doubling(String ending) {
      this.ending = ending;
    }

    @Override
    public Class<?> getKeyClass() {
      return IntWritable.class;
    }

    @Override
    public Class<?> getValueClass() {
      return Text.class;
    }

    @Override
    public Iterable<Record> serialize(Event event) {
      String body = new String(event.getBody(), StandardCharsets.UTF_8);
      return List.of(
          new Record(new IntWritable(1), new Text(body)),
          new Record(new IntWritable(2), new Text(body + ending)));
    }

    /** Makes one. */
    public static final class Builder implements SequenceFileSerializer.Builder {
      @Override
      public SequenceFileSerializer build(Context context) {
        return new Doubling(context.getString("ending", "?"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"None", "gzip"})
  void writesWhatASerializerOfTheUsersMakesOfEvents(String codec) throws Exception {
    SequenceFormat format =
        format(
            "hdfs.codeC",
            codec,
            "hdfs.writeFormat",
            Doubling.Builder.class.getName(),
            "writeFormat.ending",
            "!");
    assertThat(read(MemoryFile.of(format, event("one")), new IntWritable(), new Text()))
        .containsExactly("1=one", "2=one!");
  }

  @ParameterizedTest
  @ValueSource(strings = {"com.example.Mine", "java.lang.Object"})
  void refusesASerializerThatIsNone(String name) {
    assertThatThrownBy(() -> format("hdfs.writeFormat", name))
        .hasMessageContaining("hdfs.writeFormat = " + name + ": it takes Writable, Text or")
        .hasMessageContaining(name.startsWith("com") ? "ClassNotFound" : "it is no org.apache");
  }
}
