package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.weblogs.LineTally;
import io.flafka.testbed.weblogs.WeblogGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Our channel beside Flume's own: in one agent, with another Kafka client; and on one topic. */
@ExtendWith(TestbedExtension.class)
class StockNeighboursIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int LINES = 3_000;
  private static final String OURS = "io.flafka.KafkaChannel";
  private static final String STOCK = "org.apache.flume.channel.kafka.KafkaChannel";

  @TempDir private Path folder;

  /**
   * A channel of a test.
   *
   * @param name of the channel and of its topic
   * @param settings further lines of its configuration, each {@code key = value}
   */
  private record Channel(String name, String type, List<String> settings) {
    String configuration() {
      return Stream.concat(
              Stream.of(
                  "type = " + type,
                  "kafka.bootstrap.servers = ${env:KAFKA_BOOTSTRAP_SERVERS}",
                  "kafka.consumer.auto.offset.reset = earliest",
                  // A group each: stock delivers twice when a group rebalances.
                  "kafka.consumer.group.id = " + name,
                  "kafka.topic = " + name),
              settings.stream())
          .map(line -> "agent1.channels." + name + "." + line + "\n")
          .collect(Collectors.joining());
    }
  }

  private static String names(List<Channel> channels) {
    return channels.stream().map(Channel::name).collect(Collectors.joining(" "));
  }

  private static String sources(List<Channel> channels) {
    return """
    agent1.sources = logs
    agent1.sources.logs.type = io.flafka.SpoolDirSource
    agent1.sources.logs.spoolDir = ${env:SPOOL_DIR}
    agent1.sources.logs.basenameHeader = true
    agent1.sources.logs.channels = %s
    """
        .formatted(names(channels));
  }

  private static String channels(List<Channel> channels) {
    return "agent1.channels = "
        + names(channels)
        + "\n"
        + channels.stream().map(Channel::configuration).collect(Collectors.joining());
  }

  /** A sink for each channel, which writes headers and body into files of a folder. */
  private String sinks(List<Channel> channels) throws IOException {
    StringBuilder sinks = new StringBuilder("agent1.sinks = " + names(channels) + "\n");
    for (Channel channel : channels) {
      Files.createDirectories(output(channel));
      String prefix = "agent1.sinks." + channel.name() + ".";
      sinks.append(prefix).append("type = file_roll\n");
      sinks.append(prefix).append("sink.directory = ").append(output(channel)).append('\n');
      sinks.append(prefix).append("sink.rollInterval = 0\n");
      sinks.append(prefix).append("sink.serializer = HEADER_AND_TEXT\n");
      sinks.append(prefix).append("channel = ").append(channel.name()).append('\n');
    }
    return sinks.toString();
  }

  private Path output(Channel channel) {
    return folder.resolve("output").resolve(channel.name());
  }

  private List<String> output(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.flatMap(StockNeighboursIT::lines).toList();
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Installation install(Broker broker, List<Channel> channels) throws IOException {
    channels.forEach(channel -> broker.createTopic(channel.name(), 2));
    Installation flume = Installation.withHadoop(folder).using(broker, "");
    flume.spool(new WeblogGenerator(3, LINES), LINES, new LineTally());
    return flume;
  }

  private void receivesEverything(Agent agent, Channel channel, String startsWith)
      throws IOException {
    try {
      Await.until(channel.name(), LIMIT, () -> output(output(channel)).size() >= LINES);
    } catch (IllegalStateException e) {
      throw new AssertionError(agent.process().lastLines(60), e);
    }
    WeblogGenerator expected = new WeblogGenerator(3, LINES);
    List<String> lines = Stream.generate(expected::next).limit(LINES).toList();
    List<String> received = output(output(channel));
    assertThat(received).as(channel.name()).allMatch(line -> line.matches(startsWith + ".*"));
    assertThat(received.stream().map(line -> line.substring(line.indexOf("} ") + 2)))
        .as(channel.name())
        .containsExactlyInAnyOrderElementsOf(lines);
  }

  /**
   * Flume's own kafka-clients 2.7.2 and zstd-jni 1.4.5 serve the stock channel; were they to serve
   * ours, zstd would not link.
   */
  @Test
  void everyCodecWorksBesideAStockChannel(Broker broker) throws Exception {
    List<Channel> channels =
        Stream.concat(
                Stream.of("zstd", "lz4", "snappy", "gzip")
                    .map(codec -> compressed("ours-" + codec, OURS, codec)),
                Stream.of(compressed("stock-zstd", STOCK, "zstd")))
            .toList();
    Installation flume = install(broker, channels);

    try (Agent agent =
        flume.start("codecs", sources(channels) + channels(channels) + sinks(channels))) {
      for (Channel channel : channels) {
        receivesEverything(agent, channel, "\\{.*basename=\\d+\\.log.*\\} ");
        // A line has about 150 bytes.
        assertThat(broker.bytesOnDisk(channel.name()))
            .as(channel.name() + " is compressed")
            .isLessThan(LINES * 100L);
      }
      assertThat(agent.process().logLines()).anyMatch(line -> line.contains("isolated in"));
      assertThat(agent.firstError()).isEmpty();
    }
  }

  private static Channel compressed(String name, String type, String codec) {
    return new Channel(name, type, List.of("kafka.producer.compression.type = " + codec));
  }

  @Test
  void eachReadsWhatTheOtherWrote(Broker broker) throws Exception {
    List<Channel> writers =
        List.of(
            new Channel("from-ours-wrapped", OURS, List.of("parseAsFlumeEvent = true")),
            new Channel("from-ours-raw", OURS, List.of("parseAsFlumeEvent = false")),
            new Channel("from-stock-wrapped", STOCK, List.of("parseAsFlumeEvent = true")),
            new Channel("from-stock-raw", STOCK, List.of("parseAsFlumeEvent = false")));
    List<Channel> readers =
        writers.stream()
            .map(
                writer ->
                    new Channel(
                        writer.name(),
                        writer.type().equals(OURS) ? STOCK : OURS,
                        writer.settings()))
            .toList();
    Installation flume = install(broker, writers);

    try (Agent writer = flume.start("writer", sources(writers) + channels(writers));
        Agent reader = flume.start("reader", channels(readers) + sinks(readers))) {
      for (Channel channel : readers) {
        boolean wrapped = channel.name().endsWith("wrapped");
        receivesEverything(
            reader, channel, wrapped ? "\\{basename=\\d+\\.log\\} " : "\\{[^}]*\\} ");
      }
      assertThat(writer.firstError()).isEmpty();
      assertThat(reader.firstError()).isEmpty();
    }
  }
}
