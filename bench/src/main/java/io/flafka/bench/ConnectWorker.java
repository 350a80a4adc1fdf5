package io.flafka.bench;

import io.flafka.bench.load.ClientSettings;
import io.flafka.testbed.Await;
import io.flafka.testbed.Home;
import io.flafka.testbed.JavaProcess;
import io.flafka.testbed.Ports;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A worker of Kafka Connect with one file to send, exactly once. That takes a distributed worker,
 * here the only one, which is told by HTTP what to do. For one thread.
 *
 * <p>Its three topics are left to the broker, a few kilobytes.
 */
final class ConnectWorker {
  private static final String CONNECTOR = "file";
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final Pattern POSITION = Pattern.compile("\"position\":(\\d+)");

  private final URI connector;
  private final JavaProcess process;
  private final HttpClient client = HttpClient.newHttpClient();

  private ConnectWorker(URI connector, JavaProcess process) {
    this.connector = connector;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param topic what the trial, the worker's group and its own topics are called after, too
   */
  static ConnectWorker start(Rig rig, String topic, Path file) throws IOException {
    String listener = "http://127.0.0.1:" + Ports.free();
    Path configuration = Files.createDirectories(rig.folder(topic)).resolve("worker.properties");
    Properties settings = new Properties();
    settings.putAll(settings(rig.topics().bootstrapServers(), topic, listener));
    try (Writer out = Files.newBufferedWriter(configuration)) {
      settings.store(out, null);
    }
    JavaProcess process =
        rig.startJvm(
            topic,
            Home.CONNECT.jars(),
            List.of("-Dlog4j2.configurationFile=" + Home.root().resolve("conf/log4j2.xml")),
            "org.apache.kafka.connect.cli.ConnectDistributed",
            List.of(configuration.toString()));
    ConnectWorker worker =
        new ConnectWorker(URI.create(listener + "/connectors/" + CONNECTOR + "/"), process);
    try {
      worker.send(topic, file);
      return worker;
    } catch (IllegalStateException e) {
      process.kill();
      throw e;
    }
  }

  /** What it is started with. */
  static Map<String, String> settings(String bootstrapServers, String group, String listener) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("group.id", group + "-connect");
    settings.put("listeners", listener);
    settings.put("exactly.once.source.support", "enabled");
    settings.put("plugin.discovery", "service_load");
    for (String store : List.of("config", "offset", "status")) {
      settings.put(store + ".storage.topic", group + "-connect-" + store);
      settings.put(store + ".storage.replication.factor", "1");
      if (!store.equals("config")) {
        settings.put(store + ".storage.partitions", "1");
      }
    }
    // The lines are strings to it: so they are in the topic as they are in the file.
    settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    settings.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
    return settings;
  }

  /** What its connector is made with. */
  static Map<String, String> connector(String topic, Path file) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("connector.class", "org.apache.kafka.connect.file.FileStreamSourceConnector");
    settings.put("tasks.max", "1");
    settings.put("file", file.toString());
    settings.put("topic", topic);
    settings.put("exactly.once.support", "required");
    // Otherwise it commits whatever one call of the task gives it, which is 2,000 lines. To ask for
    // more of them at a time than that made no difference.
    settings.put("transaction.boundary", "interval");
    settings.put("transaction.boundary.interval.ms", "1000");
    ClientSettings.PRODUCER.forEach(
        (key, value) -> settings.put("producer.override." + key, value));
    // The client's own default, which Connect takes away: with one it sends a fifth less.
    settings.put("producer.override.max.in.flight.requests.per.connection", "5");
    return settings;
  }

  private void send(String topic, Path file) {
    String body =
        connector(topic, file).entrySet().stream()
            .map(each -> "\"%s\": \"%s\"".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining(",\n", "{\n", "\n}"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(connector.resolve("config"))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body));
    // It refuses as long as it is starting.
    Await.until(
        process + " takes a connector",
        START_LIMIT,
        () -> !process.isAlive() || !answer(request).isEmpty());
  }

  JavaProcess process() {
    return process;
  }

  /** How much of the file is sent and committed, in characters. */
  long committed() throws IOException {
    Matcher position =
        POSITION.matcher(answer(HttpRequest.newBuilder(connector.resolve("offsets"))));
    return position.find() ? Long.parseLong(position.group(1)) : 0;
  }

  private String answer(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> response =
          client.send(request.timeout(ANSWER_LIMIT).build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IOException(process + " refuses: " + response.body());
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking " + process, e);
    }
  }
}
