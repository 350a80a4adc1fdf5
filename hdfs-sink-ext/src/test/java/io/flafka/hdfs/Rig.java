package io.flafka.hdfs;

import io.flafka.hdfs.faults.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.flume.event.EventBuilder;

/** A sink on the faulty file system, a channel, a clock, and what can be seen from outside. */
public final class Rig implements AutoCloseable {
  public final String name = UUID.randomUUID().toString();
  public final Faults faults = Faults.of(name);
  final ListChannel channel = new ListChannel();
  public final Path folder;
  public final Path registry;
  public final Map<String, String> keys = new HashMap<>();
  public volatile Instant now = Instant.parse("2013-09-15T12:00:00Z");
  private final InstantSource clock = () -> now;
  public HdfsSink sink = sink(clock);

  public Rig(Path base, String... more) {
    this.folder = base.resolve("landed");
    this.registry = base.resolve("registry");
    createDirectories(folder);
    keys.put("hdfs.registryDir", registry.toString());
    keys.put("hdfs.path", "faulty://" + name + folder + "/%{host}");
    keys.put("hdfs.fileType", "DataStream");
    keys.put("hdfs.batchSize", "10");
    for (int i = 0; i < more.length; i += 2) {
      keys.put(more[i], more[i + 1]);
    }
  }

  /** A sink that goes by a clock, and whose steps are as long as a slow machine needs. */
  public static HdfsSink sink(InstantSource clock) {
    return sink(clock, Duration.ofMinutes(1));
  }

  /** The same with steps of such a length. */
  public static HdfsSink sink(InstantSource clock, Duration enough) {
    return new HdfsSink(clock, enough);
  }

  private static void createDirectories(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Rig start() {
    sink.setName("k1");
    sink.setChannel(channel);
    sink.configure(new Context(keys));
    sink.start();
    return this;
  }

  public void put(String host, String body) {
    Map<String, String> headers = new HashMap<>();
    if (!host.isEmpty()) {
      headers.put("host", host);
    }
    channel.put(EventBuilder.withBody(body, StandardCharsets.UTF_8, headers));
  }

  /** Puts the bodies from..to-1, in turn for the hosts. */
  public List<String> putRange(int from, int to, String... hosts) {
    List<String> bodies = new ArrayList<>();
    for (int i = from; i < to; i++) {
      put(hosts[i % hosts.length], "event-" + i);
      bodies.add("event-" + i);
    }
    return bodies;
  }

  public Status process() throws EventDeliveryException {
    return sink.process();
  }

  /** Processes until the channel is empty, whatever fails. */
  public void drain(int attempts) {
    for (int i = 0; i < attempts && !channel.isEmpty(); i++) {
      try {
        sink.process();
      } catch (EventDeliveryException e) {
        now = now.plusSeconds(5);
      }
    }
  }

  public List<Path> files(Predicate<String> names) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(path -> names.test(path.getFileName().toString()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Path> published() {
    return files(file -> !file.endsWith(".tmp"));
  }

  public List<Path> inUse() {
    return files(file -> file.endsWith(".tmp"));
  }

  public static List<String> lines(List<Path> files) {
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      try {
        lines.addAll(Files.readAllLines(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return lines;
  }

  public List<String> publishedLines() {
    return lines(published());
  }

  @Override
  public void close() {
    faults.heal();
    sink.stop();
  }
}
