package io.flafka.hdfs.exactlyonce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.delivery.Span;
import io.flafka.hdfs.HdfsSink;
import io.flafka.hdfs.Rig;
import io.flafka.hdfs.faults.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.event.EventBuilder;

/** Agents, one after the other or at the same time, a topic, and the file system they land in. */
final class Scene {
  static final String ONE = "flume/weblogs-0@id";
  static final String TWO = "flume/weblogs-1@id";

  final String name = UUID.randomUUID().toString();
  final Faults faults = Faults.of(name);
  final FakeGroup group = new FakeGroup();
  final Path root;
  final List<String> put = new ArrayList<>();
  private final Map<String, String> keys = new HashMap<>();
  // The file system goes by the same time.
  private final AtomicLong clock = new AtomicLong(System.currentTimeMillis());

  Scene(Path folder, String... more) {
    this.root = folder.resolve("landed");
    keys.put("hdfs.path", "faulty://" + name + root + "/%{host}");
    keys.put("hdfs.fileType", "DataStream");
    keys.put("hdfs.rollInterval", "0");
    keys.put("hdfs.rollSize", "0");
    keys.put("hdfs.rollCount", "7");
    keys.put("delivery.guarantee", "exactly_once");
    keys.put("hdfs.atomicRename", "true");
    for (int i = 0; i < more.length; i += 2) {
      keys.put(more[i], more[i + 1]);
    }
  }

  /** Time goes by, beside the millisecond that looking at the clock takes. */
  void pass(Duration time) {
    clock.addAndGet(time.toMillis());
  }

  /** Puts so many events, for two streams and three hosts in turn. */
  void put(int count) {
    for (int i = 0; i < count; i++) {
      int number = put.size();
      put(number % 3 == 0 ? TWO : ONE, "abc".substring(number % 3, number % 3 + 1));
    }
  }

  void put(String stream, String host) {
    String body = "event-" + put.size();
    put.add(body);
    group.add(stream, EventBuilder.withBody(body, UTF_8, Map.of("host", host)));
  }

  /** A sink in a process; both end when the process is killed. */
  final class Agent {
    final FakeChannel channel = new FakeChannel(group, faults);
    final HdfsSink sink;
    final List<String> failures = new ArrayList<>();

    Agent() {
      this(Duration.ofMinutes(1));
    }

    /**
     * @param enough how long a step of the sink takes events that trickle in
     */
    Agent(Duration enough) {
      sink = Rig.sink(() -> Instant.ofEpochMilli(clock.incrementAndGet()), enough);
      sink.setName("k1");
      sink.setChannel(channel);
      sink.configure(new Context(keys));
      sink.start();
    }

    /** Whether it went well. */
    boolean process() {
      try {
        sink.process();
        return true;
      } catch (EventDeliveryException e) {
        failures.add(String.valueOf(e.getMessage()));
        return false;
      }
    }

    /** Processes so many times, whatever fails. */
    int process(int times) {
      int failures = 0;
      for (int i = 0; i < times; i++) {
        failures += process() ? 0 : 1;
      }
      return failures;
    }

    void stop() {
      try {
        sink.stop();
      } catch (IllegalStateException e) {
        if (!(e.getCause() instanceof Faults.Killed)) {
          throw e;
        }
      }
    }
  }

  /** An agent that owns all streams. */
  Agent agent() {
    return owner(new Agent());
  }

  /** The same, whose steps have such a length. */
  Agent agent(Duration enough) {
    return owner(new Agent(enough));
  }

  private Agent owner(Agent agent) {
    group.giveAllTo(agent.channel);
    return agent;
  }

  void set(String key, String value) {
    keys.put(key, value);
  }

  /** The manifests that are pending. */
  List<Path> manifests() {
    return files("_flafka/runs").stream()
        .filter(file -> file.toString().endsWith(".json"))
        .toList();
  }

  /** Where a pending manifest's files are to be. */
  List<Path> targets(Path manifest) throws IOException {
    return ManifestFormat.parse(Files.readAllBytes(manifest), manifest).files().stream()
        .map(file -> Path.of(URI.create(file.published()).getPath()))
        .toList();
  }

  /** A new agent lands what there is. */
  void finish() {
    Agent last = agent();
    last.process(5);
    assertThat(last.failures).isEmpty();
    last.stop();
    assertThat(group.isDone()).as("everything is committed").isTrue();
  }

  List<Path> files(String below) {
    Path folder = root.resolve(below);
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files that a reader finds. */
  List<Path> published() {
    return files("").stream()
        .filter(file -> !root.relativize(file).toString().startsWith("_"))
        .toList();
  }

  List<String> lines() {
    return Rig.lines(published());
  }

  Map<String, Manifest> history() throws IOException {
    Map<String, Manifest> all = new TreeMap<>();
    for (Path file : files("_flafka/history")) {
      for (String line : Files.readAllLines(file)) {
        Manifest manifest = ManifestFormat.parse(line, file);
        all.put(manifest.id(), manifest);
      }
    }
    return all;
  }

  /** Each line is there once, nothing is left behind, and the history says so. */
  void assertLanded() throws IOException {
    assertThat(lines()).containsExactlyInAnyOrderElementsOf(put);
    assertThat(files("_flafka/runs")).as("left in use").isEmpty();
    assertThat(files("_flafka/cleared")).isEmpty();
    assertTiles();
  }

  private void assertTiles() throws IOException {
    Map<String, List<Span>> spans = new TreeMap<>();
    List<String> files = new ArrayList<>();
    for (Manifest manifest : history().values()) {
      manifest
          .taken()
          .forEach(
              (stream, span) ->
                  spans.computeIfAbsent(stream, unseen -> new ArrayList<>()).add(span));
      manifest.files().forEach(file -> files.add(file.published()));
    }
    spans.forEach(
        (stream, all) -> {
          long end = 0;
          for (Span span : all) {
            assertThat(span.from()).as("%s in %s", stream, all).isBetween(end, end + 1);
            end = span.to();
          }
          assertThat(Objects.requireNonNull(group.committed().get(stream)).offset())
              .as(stream)
              .isEqualTo(end);
        });
    assertThat(files)
        .containsExactlyInAnyOrderElementsOf(
            published().stream().map(file -> "faulty://" + name + file).toList());
  }
}
