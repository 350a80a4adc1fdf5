package io.flafka;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** An event as a sink saw it. */
record Seen(Map<String, String> headers, String body) {

  /** All that Flume's serializer {@code AVRO_EVENT} wrote to the files of a folder. */
  static List<Seen> in(Path folder) throws IOException {
    List<Seen> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (Files.size(file) > 0) {
          read(file, events);
        }
      }
    }
    return events;
  }

  private static void read(Path file, List<Seen> to) throws IOException {
    try (DataFileReader<GenericRecord> records =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      for (GenericRecord record : records) {
        Map<?, ?> headers = (Map<?, ?>) record.get("headers");
        ByteBuffer body = (ByteBuffer) record.get("body");
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        to.add(
            new Seen(
                headers.entrySet().stream()
                    .collect(
                        toMap(
                            entry -> entry.getKey().toString(),
                            entry -> entry.getValue().toString(),
                            (one, other) -> other,
                            TreeMap::new)),
                Bytes.text(bytes)));
      }
    }
  }

  /** The same without a header. */
  Seen without(String header) {
    Map<String, String> fewer = new TreeMap<>(headers);
    fewer.remove(header);
    return new Seen(fewer, body);
  }
}
