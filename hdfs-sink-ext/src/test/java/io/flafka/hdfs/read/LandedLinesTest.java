package io.flafka.hdfs.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.flafka.hdfs.read.LandedLines.UnreadFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandedLinesTest {
  @TempDir private Path folder;

  private List<String> lines(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      new LandedLines()
          .each(
              new org.apache.hadoop.fs.Path(file.toUri()),
              in,
              (bytes, offset, length) -> lines.add(new String(bytes, offset, length, UTF_8)));
    }
    return lines;
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  @Test
  void readsText() throws Exception {
    String longer = "x".repeat(200_000);
    assertThat(lines(write("a", ("one\n\n" + longer + "\nlast").getBytes(UTF_8))))
        .containsExactly("one", "", longer, "last");
    assertThat(lines(write("b", new byte[0]))).isEmpty();
    assertThat(lines(write("c", "x\n".getBytes(UTF_8)))).containsExactly("x");
  }

  @Test
  void readsTextThatIsCompressed() throws Exception {
    Path gzip = folder.resolve("a.gz");
    for (String line : List.of("one\n", "two\n")) {
      // A member each, as at least once writes them.
      try (var out =
          new GZIPOutputStream(
              Files.newOutputStream(gzip, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
        out.write(line.getBytes(UTF_8));
      }
    }
    assertThat(lines(gzip)).containsExactly("one", "two");
    assertThat(lines(write("a.zst", Zstd.compress("one\ntwo\n".getBytes(UTF_8)))))
        .containsExactly("one", "two");
  }

  @Test
  void readsSequenceFiles() throws Exception {
    assertThat(lines(sequence("text", new Text("one\ntwo")))).containsExactly("one", "two");
    assertThat(lines(sequence("bytes", new BytesWritable("one".getBytes(UTF_8)))))
        .containsExactly("one");
    assertThatThrownBy(() -> lines(sequence("long", new LongWritable(1))))
        .isInstanceOf(UnreadFormatException.class);
  }

  private Path sequence(String name, Writable value) throws IOException {
    Path file = folder.resolve(name);
    try (SequenceFile.Writer writer =
        SequenceFile.createWriter(
            new Configuration(),
            SequenceFile.Writer.file(new org.apache.hadoop.fs.Path(file.toUri())),
            SequenceFile.Writer.keyClass(LongWritable.class),
            SequenceFile.Writer.valueClass(value.getClass()))) {
      writer.append(new LongWritable(1), value);
    }
    return file;
  }

  @Test
  void readsAvroEventsAndNoOtherRecords() throws Exception {
    assertThat(lines(avro("events", "bytes", ByteBuffer.wrap("one".getBytes(UTF_8)))))
        .containsExactly("one");
    assertThatThrownBy(() -> lines(avro("records", "string", "one")))
        .isInstanceOf(UnreadFormatException.class)
        .hasMessageContaining("records");
  }

  private Path avro(String name, String type, Object body) throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"Event\",\"fields\":[{\"name\":\"headers\",\"type\":"
                    + "{\"type\":\"map\",\"values\":\"string\"}},{\"name\":\"body\",\"type\":\""
                    + type
                    + "\"}]}");
    Path file = folder.resolve(name);
    try (DataFileWriter<GenericData.Record> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, file.toFile());
      GenericData.Record record = new GenericData.Record(schema);
      record.put("headers", Map.of());
      record.put("body", body);
      writer.append(record);
    }
    return file;
  }

  @Test
  void refusesParquet() {
    assertThatThrownBy(() -> lines(write("p", "PAR1....".getBytes(UTF_8))))
        .isInstanceOf(UnreadFormatException.class)
        .hasMessageContaining("Parquet");
  }

  /** What is in a topic and in a text file made of it must come to the same lines. */
  @Test
  void aBodyHasTheLinesThatItsFileHas() throws Exception {
    List<String> bodies = List.of("one", "", "two\nthree", "four\n");
    List<String> lines = new ArrayList<>();
    for (String body : bodies) {
      byte[] bytes = body.getBytes(UTF_8);
      LandedLines.body(
          bytes,
          0,
          bytes.length,
          (line, offset, length) -> lines.add(new String(line, offset, length, UTF_8)));
    }
    assertThat(lines(write("t", (String.join("\n", bodies) + "\n").getBytes(UTF_8))))
        .isEqualTo(lines);
  }
}
