package io.flafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.TopicDump;
import io.flafka.testbed.weblogs.LineTally;
import io.flafka.testbed.weblogs.WeblogGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a line says, on its way from a file into a record, and what becomes of junk. */
@ExtendWith(TestbedExtension.class)
class WeblogHeadersIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int LINES = 1_000;

  /** The LogFormat takes a library that only the tarball's own class loader sees. */
  private static final String CONFIGURATION =
      """
      agent1.sources = logs
      agent1.channels = topic
      agent1.sources.logs.type = io.flafka.SpoolDirSource
      agent1.sources.logs.spoolDir = ${env:SPOOL_DIR}
      agent1.sources.logs.channels = topic
      agent1.sources.logs.interceptors = weblog
      agent1.sources.logs.interceptors.weblog.type = io.flafka.WeblogInterceptor$Builder
      agent1.sources.logs.interceptors.weblog.format = \
      %h %l %u %t "%r" %>s %b "%{Referer}i"  "%{User-Agent}i"
      agent1.sources.logs.interceptors.weblog.headers = status
      agent1.sources.logs.interceptors.weblog.key = host
      agent1.sources.logs.interceptors.weblog.unparsed = deadletter
      agent1.channels.topic.type = io.flafka.KafkaChannel
      agent1.channels.topic.kafka.bootstrap.servers = ${env:KAFKA_BOOTSTRAP_SERVERS}
      agent1.channels.topic.kafka.topic = weblog-headers
      agent1.channels.topic.parseAsFlumeEvent = false
      agent1.channels.topic.kafka.record.headers = status
      agent1.channels.topic.delivery.guarantee = exactly_once
      agent1.channels.topic.kafka.transactional.id = weblog-headers
      agent1.channels.topic.deadletter.topic = weblog-headers-dead
      """;

  @TempDir private Path folder;

  @Test
  void theHostIsTheKeyAndJunkIsPutAside(Broker broker) throws Exception {
    String topic = broker.createTopic("weblog-headers", 1, Map.of("retention.ms", "-1"));
    String dead = broker.createTopic("weblog-headers-dead", 1);
    Installation flume = Installation.plain(folder).using(broker, topic);
    Path junk = folder.resolve("junk");
    Files.write(junk, "\u0016\u0003\u0001 \u00ff [[[\n\"\"\n".getBytes(ISO_8859_1));
    Files.move(junk, flume.spool().resolve("1-junk.log"), StandardCopyOption.ATOMIC_MOVE);
    flume.spool(new WeblogGenerator(9, LINES), LINES, new LineTally());

    try (Agent agent = flume.start("headers", CONFIGURATION)) {
      Await.until(
          "all lines are put",
          LIMIT,
          () ->
              TopicDump.of(broker, topic).size() == LINES
                  && TopicDump.of(broker, dead).size() == 2);
      assertThat(agent.process().logLines())
          .anyMatch(line -> line.contains("takes about 15 times as long"))
          .anyMatch(line -> line.contains("a line is not of format = %h %l %u %t"));
    }

    assertThat(TopicDump.of(broker, dead))
        .extracting(TopicDump.Row::value)
        .containsExactly("\u0016\u0003\u0001 \u00ff [[[", "\"\"");
    assertThat(TopicDump.of(broker, topic))
        .allMatch(row -> row.value().startsWith(row.key() + " - "));
    assertThat(TopicDump.records(broker, topic))
        .allMatch(
            record -> {
              String status = new String(record.headers().lastHeader("status").value(), ISO_8859_1);
              return new String(record.value(), ISO_8859_1).contains("\" " + status + " ");
            });
  }
}
