package io.flafka.hdfs.format.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Records for tests. */
public final class Records {
  public static final String VISIT =
      "{\"type\": \"record\", \"name\": \"Visit\", \"fields\": [{\"name\": \"page\", \"type\":"
          + " \"string\"},{\"name\": \"tags\", \"type\": {\"type\": \"array\", \"items\":"
          + " [\"null\", \"string\"]}},{\"name\": \"seconds\", \"type\": [\"null\", \"long\"]}]}";

  private Records() {}

  public static GenericRecord visit(int number) {
    GenericRecord visit = new GenericData.Record(new Schema.Parser().parse(VISIT));
    visit.put("page", "/page/" + number % 10);
    List<String> tags = new ArrayList<>(List.of("a" + number));
    tags.add(null);
    visit.put("tags", tags);
    visit.put("seconds", number % 3 == 0 ? null : (long) number);
    return visit;
  }

  public static byte[] encoded(GenericRecord record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** What is in a container. */
  public static List<GenericRecord> of(Path file) throws IOException {
    return of(Files.readAllBytes(file));
  }

  static List<GenericRecord> of(byte[] file) throws IOException {
    List<GenericRecord> records = new ArrayList<>();
    try (var reader = reader(file)) {
      reader.forEachRemaining(records::add);
    }
    return records;
  }

  static DataFileReader<GenericRecord> reader(byte[] file) throws IOException {
    return new DataFileReader<>(new SeekableByteArrayInput(file), new GenericDatumReader<>());
  }
}
