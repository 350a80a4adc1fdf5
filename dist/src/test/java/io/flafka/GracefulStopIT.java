package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.TestbedExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent that lands in 24 directories at full speed, and is stopped in the midst of it. */
@ExtendWith(TestbedExtension.class)
@Timeout(240)
class GracefulStopIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final int PARTITIONS = 4;
  private static final int LINES = 3_000_000;
  private static final String[] HOURS =
      IntStream.range(0, 24).mapToObj("%02d"::formatted).toArray(String[]::new);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once", "at_least_once"})
  void landsWhatItHasAndLeavesNothingInUse(String guarantee, Broker broker, Hdfs hdfs)
      throws Exception {
    String topic = "graceful-" + guarantee;
    try (Landing landing = new Landing(broker, hdfs, topic, PARTITIONS, folder)) {
      String configuration =
          landing.configuration().replace("exactly_once", guarantee)
              + """
              agent1.sinks.hdfs.hdfs.rollCount = 0
              agent1.sinks.hdfs.hdfs.batchSize = 1000
              """;
      landing.write(LINES, HOURS);
      Agent agent = landing.start("agent", configuration);
      Await.until("lines land", LIMIT, () -> !landing.published().isEmpty());

      assertThat(agent.stop()).as("ends by itself").isTrue();

      long committed =
          new Offsets(broker).committed(topic).values().stream().mapToLong(Long::longValue).sum();
      assertThat(committed).as("was stopped in the midst").isBetween(1L, LINES - 1L);
      assertThat(landing.visible()).as("lines that readers see").isEqualTo(committed);
      assertThat(landing.published()).as("in use").noneMatch(name -> name.endsWith(".tmp"));
      assertThat(landing.unfinished()).isEmpty();
    }
  }
}
