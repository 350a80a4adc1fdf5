package io.flafka.kafka.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.config.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.Context;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicCreationTest {
  private final PrintStream console = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void keepTheLog() {
    System.setErr(new PrintStream(log, true, UTF_8));
  }

  @AfterEach
  void giveTheConsoleBack() {
    System.setErr(console);
  }

  private static Settings settings(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Settings("channel c1", new Context(values));
  }

  private static Optional<TopicCreation> parse(String... keysAndValues) {
    Settings settings = settings(keysAndValues);
    Optional<TopicCreation> creation = TopicCreation.parse(settings, "weblogs");
    return settings.complete(() -> creation);
  }

  @Test
  void nothingIsCreatedUnlessThatIsAskedFor() {
    assertThat(parse()).isEmpty();
    assertThat(parse("topic.create", "false")).isEmpty();
    assertThat(log.toString(UTF_8)).isEmpty();
  }

  @Test
  void whatIsNotSetIsLeftToTheBrokers() {
    assertThat(parse("topic.create", "true"))
        .contains(new TopicCreation("weblogs", Optional.empty(), Optional.empty(), Map.of()));
  }

  @Test
  void readsEveryKey() {
    assertThat(
            parse(
                "topic.create", "true",
                "topic.partitions", "4",
                "topic.replication.factor", "3",
                "topic.config.retention.ms", "-1"))
        .contains(
            new TopicCreation(
                "weblogs", Optional.of(4), Optional.of((short) 3), Map.of("retention.ms", "-1")));
    assertThat(log.toString(UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "topic.create, yes",
    "topic.partitions, 0",
    "topic.partitions, four",
    "topic.replication.factor, -1",
    "topic.replication.factor, 40000"
  })
  void namesTheKeyAndTheValueThatItRefuses(String key, String value) {
    String[] wrong =
        key.equals("topic.create")
            ? new String[] {key, value}
            : new String[] {"topic.create", "true", key, value};

    assertThatThrownBy(() -> parse(wrong))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("channel c1: " + key + " = " + value + ": it takes ");
  }

  @Test
  void keysWithoutEffectAreNamedInOneWarning() {
    assertThat(
            parse(
                "topic.partitions", "4",
                "topic.replication.factor", "3",
                "topic.config.retention.ms", "-1"))
        .isEmpty();

    assertThat(log.toString(UTF_8).lines())
        .singleElement()
        .asString()
        .endsWith(
            "channel c1: topic.partitions, topic.replication.factor, topic.config.retention.ms"
                + " have no effect: without topic.create = true no topic is created");
  }
}
