package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.conf.ConfigurationException;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.interceptor.Interceptor;
import org.apache.flume.lifecycle.LifecycleState;
import org.junit.jupiter.api.Test;

/** The types on a plain class path, as in an embedded agent; the tarball has tests of its own. */
class ComponentTypesTest {
  @Test
  void reachTheirComponents() {
    SpoolDirSource source = new SpoolDirSource();
    source.setName("r1");
    source.configure(new Context(Map.of("spoolDir", "/spool", "batchSize", "7")));
    KafkaSource kafka = new KafkaSource();
    kafka.setName("r2");
    kafka.configure(
        new Context(
            Map.of(
                "kafka.bootstrap.servers", "b:9092",
                "kafka.topics", "weblogs",
                "batchSize", "6",
                "backoffSleepIncrement", "5",
                "maxBackoffSleep", "4")));
    HdfsSink sink = new HdfsSink();
    sink.setName("k1");
    sink.configure(new Context(Map.of("hdfs.path", "/logs", "hdfs.batchSize", "8")));

    assertThat(source.getBatchSize()).isEqualTo(7);
    assertThat(kafka.getBatchSize()).isEqualTo(6);
    assertThat(kafka.getBackOffSleepIncrement()).isEqualTo(5);
    assertThat(kafka.getMaxBackOffSleepInterval()).isEqualTo(4);
    assertThat(sink.getBatchSize()).isEqualTo(8);
    assertThat(source.getLifecycleState()).isEqualTo(LifecycleState.IDLE);
  }

  /** Flume drops a component that can't be configured, but gives up where one can't be made. */
  @Test
  void failToBeConfiguredNotToBeMade() {
    KafkaChannel channel = new KafkaChannel();
    channel.setName("c1");

    assertThat(channel.getName()).isEqualTo("c1");
    assertThat(channel.getLifecycleState()).isEqualTo(LifecycleState.IDLE);
    assertThatThrownBy(() -> channel.configure(new Context()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("channel c1")
        .hasMessageContaining("kafka.bootstrap.servers");
  }

  @Test
  void areNamedAsTheirComponentsSayIt() {
    KafkaChannel channel = new KafkaChannel();
    channel.setName("c1");

    assertThatThrownBy(channel::getTransaction).hasMessageContaining("never configured");
  }

  @Test
  void buildTheInterceptor() {
    WeblogInterceptor.Builder builder = new WeblogInterceptor.Builder();
    builder.configure(new Context());
    Interceptor interceptor = builder.build();
    Event event =
        EventBuilder.withBody(
            "1.2.3.4 - - [15/Sep/2013:23:59:53 +0100] \"GET / HTTP/1.0\" 200 1",
            StandardCharsets.UTF_8);

    interceptor.intercept(event);

    assertThat(event.getHeaders()).containsEntry("timestamp", "1379285993000");
  }

  @Test
  void explainWhatIsMissing() {
    assertThat(Isolation.explain("x", new NoClassDefFoundError("org/apache/hadoop/fs/Path")))
        .contains("with-hadoop.tar.gz")
        .contains("HADOOP_HOME");
    assertThatThrownBy(() -> Isolation.create("io.flafka.no.Such", Runnable.class))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("unpack the Flafka tarball");
  }
}
