package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private enum Order {
    OLDEST,
    YOUNGEST
  }

  private static Settings settings(Map<String, String> values) {
    return new Settings("source r1", new Context(values));
  }

  @Test
  void readsEveryKindOfValue() {
    Settings settings =
        settings(
            Map.of(
                "dir",
                "/spool",
                "batchSize",
                "7",
                "fileHeader",
                "TRUE",
                "order",
                "Youngest",
                "kafka.producer.acks",
                "all"));

    assertThat(settings.required("dir", "a directory")).isEqualTo("/spool");
    assertThat(settings.integer("batchSize", 100, 1)).isEqualTo(7);
    assertThat(settings.flag("fileHeader", false)).isTrue();
    assertThat(settings.choice("order", Order.OLDEST)).isEqualTo(Order.YOUNGEST);
    assertThat(settings.section("kafka.producer.")).containsExactly(Map.entry("acks", "all"));
    assertThat(settings.complete(() -> "done")).isEqualTo("done");
  }

  @Test
  void fallsBackWhereNothingIsSet() {
    Settings settings = settings(Map.of());

    assertThat(settings.text("prefix", "Flume")).isEqualTo("Flume");
    assertThat(settings.number("size", 9, 0)).isEqualTo(9);
    assertThat(settings.flag("fileHeader", true)).isTrue();
    assertThat(settings.choice("order", Order.OLDEST)).isEqualTo(Order.OLDEST);
  }

  @Test
  void namesEveryWrongKeyAtOnce() {
    Settings settings = settings(Map.of("batchSize", "0", "fileHeader", "yes", "order", "big"));
    settings.required("dir", "a directory");
    settings.integer("batchSize", 100, 1);
    settings.flag("fileHeader", false);
    settings.choice("order", Order.OLDEST);

    assertThatThrownBy(() -> settings.complete(() -> "never"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "source r1: dir is missing: it takes a directory;"
                + " batchSize = 0: it takes a whole number of at least 1;"
                + " fileHeader = yes: it takes true or false;"
                + " order = big: it takes one of oldest, youngest");
  }

  @Test
  void prefersTheNewNameOverTheDeprecatedOne() {
    Settings both =
        settings(Map.of("topic", "old", "kafka.topic", "new")).renamed("topic", "kafka.topic");
    assertThat(both.text("kafka.topic")).contains("new");

    Settings onlyOld = settings(Map.of("topic", "old")).renamed("topic", "kafka.topic");
    assertThat(onlyOld.text("kafka.topic")).contains("old");
  }

  @Test
  void findsTheKeyThatAStrangerResembles() {
    KnownKeys known = new KnownKeys();
    known.add("kafka.pollTimeout");
    known.add("batchSize");
    known.addPrefix("kafka.producer.");

    assertThat(
            known.strangers(
                List.of(
                    "type",
                    "selector.type",
                    "kafka.producer.acks",
                    "pollTimeout",
                    "batchsise",
                    "x")))
        .contains(
            "pollTimeout (did you mean kafka.pollTimeout?), batchsise (did you mean batchSize?),"
                + " x");
  }

  @Test
  void findsNoStrangersAmongKnownKeys() {
    KnownKeys known = new KnownKeys();
    known.add("batchSize");

    assertThat(known.strangers(List.of("batchSize", "channels"))).isEmpty();
  }
}
