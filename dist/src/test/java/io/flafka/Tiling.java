package io.flafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.delivery.Span;
import io.flafka.hdfs.exactlyonce.Manifest;
import io.flafka.hdfs.exactlyonce.ManifestFormat;
import io.flafka.testbed.Broker;
import io.flafka.testbed.TopicDump;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The history of a landing, held against the topic that it came from, the group that took it, and
 * the files that are there.
 *
 * <p>Each record's value must be a line that no other record has.
 */
final class Tiling {
  private final FileSystem hdfs;
  private final Map<String, Manifest> manifests = new TreeMap<>();
  private final Map<String, NavigableMap<Long, String>> topic = new TreeMap<>();
  private final Map<String, Long> committed;
  private final List<String> problems = new ArrayList<>();

  private Tiling(FileSystem hdfs, Broker broker, String topic, String group) throws Exception {
    this.hdfs = hdfs;
    this.committed = new Offsets(broker).committed(group);
    for (ConsumerRecord<byte[], byte[]> record : TopicDump.records(broker, topic)) {
      this.topic
          .computeIfAbsent(record.topic() + "-" + record.partition(), unseen -> new TreeMap<>())
          .put(record.offset(), new String(record.value(), ISO_8859_1));
    }
  }

  /**
   * Asserts that all of a topic has landed, and that the history says so: each stream's spans begin
   * where the one before ended, or behind offsets that hold no record; the last one ends where the
   * group is; and each file is as it says, with the lines of its spans in their order.
   */
  static void assertComplete(
      FileSystem hdfs, Path landing, Broker broker, String topic, String group) throws Exception {
    Tiling tiling = new Tiling(hdfs, broker, topic, group);
    tiling.read(new Path(landing, "_flafka/history"));
    tiling.topic.keySet().forEach(partition -> tiling.checkSpans(group, partition));
    for (Manifest manifest : tiling.manifests.values()) {
      tiling.checkFiles(manifest);
    }
    assertThat(tiling.manifests).as("manifests in the history of %s", landing).isNotEmpty();
    assertThat(tiling.problems).as("the history of %s", landing).isEmpty();
  }

  private void read(Path history) throws IOException {
    RemoteIterator<LocatedFileStatus> files = hdfs.listFiles(history, true);
    while (files.hasNext()) {
      Path file = files.next().getPath();
      for (String line : lines(file, UTF_8)) {
        Manifest manifest = ManifestFormat.parse(line, file);
        Manifest other = manifests.put(manifest.id(), manifest);
        if (other != null && !other.equals(manifest)) {
          problems.add(manifest.id() + " is there twice, and differs");
        }
      }
    }
  }

  private List<String> lines(Path file, Charset charset) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(hdfs.open(file), charset))) {
      return reader.lines().toList();
    }
  }

  /** What a stream is called, but for the topic's id. */
  private static boolean isOf(String stream, String group, String partition) {
    return stream.startsWith(group + "/" + partition + "@");
  }

  private record Tile(Span span, String manifest) {}

  private void checkSpans(String group, String partition) {
    List<Tile> tiles = new ArrayList<>();
    for (Manifest manifest : manifests.values()) {
      manifest
          .taken()
          .forEach(
              (stream, span) -> {
                if (isOf(stream, group, partition)) {
                  tiles.add(new Tile(span, manifest.id()));
                }
              });
    }
    tiles.sort(Comparator.comparingLong(tile -> tile.span().from()));
    Tile last = new Tile(new Span(0, 0), "the beginning");
    for (Tile tile : tiles) {
      long end = last.span().to();
      if (tile.span().from() < end) {
        problems.add("%s: %s overlaps %s".formatted(partition, tile, last));
      }
      checkGap(partition, end, tile.span().from(), "before " + tile);
      last = tile;
    }
    checkGap(partition, last.span().to(), Long.MAX_VALUE, "behind " + last);
    long now = committed.getOrDefault(partition, -1L);
    if (last.span().to() != now) {
      problems.add("%s: the group is at %d, behind %s".formatted(partition, now, last));
    }
  }

  private void checkGap(String partition, long from, long to, String where) {
    NavigableMap<Long, String> records = topic.getOrDefault(partition, new TreeMap<>());
    if (from < to && !records.subMap(from, to).isEmpty()) {
      problems.add(
          "%s: no manifest has [%d, %s), %s"
              .formatted(partition, records.subMap(from, to).firstKey(), to, where));
    }
  }

  private void checkFiles(Manifest manifest) throws IOException {
    Map<String, Long> places = new HashMap<>();
    Map<String, String> streams = new HashMap<>();
    manifest
        .taken()
        .forEach(
            (stream, span) -> {
              String partition = stream.substring(stream.indexOf('/') + 1, stream.indexOf('@'));
              topic
                  .getOrDefault(partition, new TreeMap<>())
                  .subMap(span.from(), span.to())
                  .forEach(
                      (offset, line) -> {
                        places.put(line, offset);
                        streams.put(line, stream);
                      });
            });
    long events = 0;
    for (Manifest.Landed file : manifest.files()) {
      events += file.events();
      checkFile(file, places, streams);
    }
    if (events != places.size()) {
      problems.add("%s took %d records and has %d".formatted(manifest.id(), places.size(), events));
    }
  }

  private void checkFile(
      Manifest.Landed file, Map<String, Long> places, Map<String, String> streams)
      throws IOException {
    Path published = new Path(file.published());
    if (!hdfs.exists(published)) {
      problems.add(published + " is not there");
      return;
    }
    long length = hdfs.getFileStatus(published).getLen();
    List<String> lines = lines(published, ISO_8859_1);
    if (length != file.bytes() || lines.size() != file.events()) {
      problems.add(
          "%s has %d bytes, %d lines, instead of %s"
              .formatted(published, length, lines.size(), file));
    }
    Map<String, Long> last = new HashMap<>();
    for (String line : lines) {
      Long offset = places.get(line);
      if (offset == null) {
        problems.add(published + " has a line of no span of its manifest: " + line);
        return;
      }
      String stream = streams.get(line);
      Span span = file.spans().getOrDefault(stream, new Span(0, 0));
      Long before = last.put(stream, offset);
      if (offset < span.from() || offset >= span.to() || (before != null && before >= offset)) {
        problems.add("%s: %d of %s is out of order".formatted(published, offset, stream));
        return;
      }
    }
  }
}
