package io.flafka.kafka.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;

/**
 * A topic that is there, beside what was asked for. It is left as it is, and what would change it
 * is said.
 *
 * @param servers for the commands that would
 */
record TopicComparison(TopicCreation wanted, String servers) {
  /**
   * What is not as asked for, one line each.
   *
   * @param found what is known of its partitions
   * @throws InvalidConfigurationException if Kafka knows no such config
   */
  List<String> differences(Optional<TopicDescription> found, Admin admin)
      throws ExecutionException, InterruptedException {
    List<String> differences = new ArrayList<>();
    found.flatMap(there -> fewerPartitions(there.partitions().size())).ifPresent(differences::add);
    otherConfigs(admin).ifPresent(differences::add);
    return differences;
  }

  private Optional<String> fewerPartitions(int there) {
    return wanted
        .partitions()
        .filter(count -> there < count)
        .map(
            count ->
                "topic "
                    + wanted.topic()
                    + " has "
                    + there
                    + " partitions, fewer than "
                    + TopicCreation.PARTITIONS
                    + " = "
                    + count
                    + ", and is left as it is. Records of a key move to another partition if you"
                    + " add some: kafka-topics.sh --bootstrap-server "
                    + servers
                    + " --alter --topic "
                    + wanted.topic()
                    + " --partitions "
                    + count);
  }

  private Optional<String> otherConfigs(Admin admin)
      throws ExecutionException, InterruptedException {
    if (wanted.configs().isEmpty()) {
      return Optional.empty();
    }
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, wanted.topic());
    Config there =
        Objects.requireNonNull(admin.describeConfigs(Set.of(resource)).all().get().get(resource));
    List<String> differences = new ArrayList<>();
    List<String> changes = new ArrayList<>();
    new TreeMap<>(wanted.configs())
        .forEach(
            (key, asked) -> {
              String value = value(there, key);
              if (!plain(value).equals(plain(asked))) {
                differences.add(
                    key + " = " + value + ", not " + TopicCreation.CONFIG + key + " = " + asked);
                changes.add(key + "=" + (asked.contains(",") ? "[" + asked + "]" : asked));
              }
            });
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "topic "
                + wanted.topic()
                + " has "
                + String.join("; ", differences)
                + "; it is left as it is. To change it: kafka-configs.sh --bootstrap-server "
                + servers
                + " --alter --entity-type topics --entity-name "
                + wanted.topic()
                + " --add-config '"
                + String.join(",", changes)
                + "'");
  }

  private static String value(Config there, String key) {
    ConfigEntry entry = there.get(key);
    if (entry == null) {
      throw new InvalidConfigurationException("Unknown topic config name: " + key);
    }
    return String.valueOf(entry.value());
  }

  /** Kafka writes values in its own way: {@code true}, {@code compact,delete}. */
  private static String plain(String value) {
    return value.replace(" ", "").toLowerCase(Locale.ROOT);
  }
}
