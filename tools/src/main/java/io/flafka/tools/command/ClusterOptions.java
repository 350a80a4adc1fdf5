package io.flafka.tools.command;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Kafka is, as its own tools are told. */
public class ClusterOptions {
  @Option(
      names = "--bootstrap-server",
      required = true,
      paramLabel = "HOST:PORT",
      description = "brokers, as Kafka's own tools take them")
  private String servers = "";

  @Option(
      names = "--command-config",
      paramLabel = "FILE",
      description = "properties of Kafka's clients, such as security.protocol")
  private @Nullable Path config;

  public final String servers() {
    return servers;
  }

  /** Connects; the caller closes it. */
  public final Brokers connect() throws CommandException {
    return new Brokers(servers, properties());
  }

  /** What clients are told besides. */
  public final Map<String, String> properties() throws CommandException {
    Map<String, String> all = new HashMap<>();
    if (config != null) {
      Properties properties = new Properties();
      try (Reader in = Files.newBufferedReader(config)) {
        properties.load(in);
      } catch (IOException | IllegalArgumentException e) {
        throw new CommandException("--command-config " + config + " can't be read: " + e, e);
      }
      properties.stringPropertyNames().forEach(key -> all.put(key, properties.getProperty(key)));
    }
    return all;
  }
}
