package io.flafka.spooldir.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.config.Settings;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.Test;

class LineFormatTest {
  private static LineFormat parse(Map<String, String> keys) {
    Settings settings = new Settings("source r1", new Context(keys));
    LineFormat format = LineFormat.parse(settings);
    return settings.complete(() -> format);
  }

  @Test
  void takesLinesThatKafkaTakes() {
    assertThat(parse(Map.of()).longest()).isEqualTo((1 << 20) - (1 << 10));
  }

  @Test
  void takesTheOldNameOfTheLineLength() {
    assertThat(parse(Map.of("bufferMaxLineLength", "77")).longest()).isEqualTo(77);
    assertThatThrownBy(() -> parse(Map.of("deserializer.maxLineLength", "0")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> parse(Map.of("deserializer.maxLineLength", "2147483647")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("at most");
  }
}
