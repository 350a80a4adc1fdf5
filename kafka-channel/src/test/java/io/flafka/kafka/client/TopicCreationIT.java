package io.flafka.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testbed.Broker;
import io.flafka.testbed.JavaProcess;
import io.flafka.testbed.TestbedExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Topics on a real broker, which creates none by itself. */
@ExtendWith(TestbedExtension.class)
@Timeout(120)
class TopicCreationIT {
  private final Broker broker;
  private String topic = "";

  TopicCreationIT(Broker broker) {
    this.broker = broker;
  }

  @BeforeEach
  void nameTheTopicAfterTheTest(TestInfo test) {
    topic = test.getTestMethod().orElseThrow().getName();
  }

  private TopicCreation creation(int partitions, Map<String, String> configs) {
    return new TopicCreation(topic, Optional.of(partitions), Optional.of((short) 1), configs);
  }

  private static ClientProperties client(Broker broker) {
    return client(broker.bootstrapServers());
  }

  private static ClientProperties client(String servers) {
    return new ClientProperties(Map.of("bootstrap.servers", servers, "client.id", "flafka-c1"));
  }

  private int partitions() throws Exception {
    try (Admin admin = broker.admin()) {
      return Objects.requireNonNull(
              admin.describeTopics(Set.of(topic)).allTopicNames().get().get(topic))
          .partitions()
          .size();
    }
  }

  private String config(String key) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = broker.admin()) {
      return Objects.requireNonNull(
              admin.describeConfigs(Set.of(resource)).all().get().get(resource))
          .get(key)
          .value();
    }
  }

  @Test
  void aMissingTopicIsCreatedAsAskedFor() throws Exception {
    TopicCreation creation =
        creation(3, Map.of("retention.ms", "-1", "cleanup.policy", "compact,delete"));

    assertThat(creation.ensure(client(broker))).isEmpty();

    assertThat(partitions()).isEqualTo(3);
    assertThat(config("retention.ms")).isEqualTo("-1");
    assertThat(config("cleanup.policy")).isEqualTo("compact,delete");
    assertThat(creation.ensure(client(broker))).as("the second start").isEmpty();
  }

  @Test
  void whatIsNotAskedForIsLeftToTheBrokers() throws Exception {
    TopicCreation creation = new TopicCreation(topic, Optional.empty(), Optional.empty(), Map.of());

    assertThat(creation.ensure(client(broker))).isEmpty();

    assertThat(partitions()).as("num.partitions").isEqualTo(1);
  }

  @Test
  void tooFewPartitionsAreNamedAndLeftAsTheyAre() throws Exception {
    broker.createTopic(topic, 2);

    assertThat(creation(4, Map.of()).ensure(client(broker)))
        .singleElement()
        .asString()
        .startsWith("topic " + topic + " has 2 partitions, fewer than topic.partitions = 4,")
        .endsWith(
            "kafka-topics.sh --bootstrap-server "
                + broker.bootstrapServers()
                + " --alter --topic "
                + topic
                + " --partitions 4");

    assertThat(partitions()).isEqualTo(2);
    assertThat(creation(1, Map.of()).ensure(client(broker))).as("more are welcome").isEmpty();
  }

  @Test
  void otherConfigsAreNamedAndLeftAsTheyAre() throws Exception {
    broker.createTopic(topic, 1, Map.of("retention.ms", "1000"));
    Map<String, String> wanted =
        Map.of(
            "retention.ms", "-1",
            "cleanup.policy", "compact, delete",
            "preallocate", "FALSE");

    assertThat(creation(1, wanted).ensure(client(broker)))
        .singleElement()
        .asString()
        .contains("cleanup.policy = delete, not topic.config.cleanup.policy = compact, delete; ")
        .contains("retention.ms = 1000, not topic.config.retention.ms = -1; ")
        .doesNotContain("preallocate")
        .endsWith("--add-config 'cleanup.policy=[compact, delete],retention.ms=-1'");

    assertThat(config("retention.ms")).isEqualTo("1000");
  }

  @Test
  void aConfigThatKafkaDoesNotKnowIsNamed() {
    TopicCreation creation = creation(1, Map.of("retention.msec", "1", "retention.bytes", "1"));

    assertThatThrownBy(() -> creation.ensure(client(broker)))
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("kafka.topic = " + topic)
        .hasMessageContaining("(correct topic.config.retention.msec = 1)");

    broker.createTopic(topic, 1);
    assertThatThrownBy(() -> creation.ensure(client(broker)))
        .as("a topic that is there")
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("(correct topic.config.retention.msec = 1)");
  }

  @Test
  void moreReplicasThanBrokersAreNamed() {
    TopicCreation creation =
        new TopicCreation(topic, Optional.empty(), Optional.of((short) 3), Map.of());

    assertThatThrownBy(() -> creation.ensure(client(broker)))
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("lower topic.replication.factor");
  }

  @Test
  void manyAtOnceAreAllContent() throws Exception {
    TopicCreation creation = creation(4, Map.of("retention.ms", "-1"));
    ExecutorService agents = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<String>>> starts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        starts.add(agents.submit(() -> creation.ensure(client(broker))));
      }
      for (Future<List<String>> start : starts) {
        assertThat(start.get()).isEmpty();
      }
    } finally {
      agents.shutdownNow();
    }
    assertThat(partitions()).isEqualTo(4);
  }

  @Test
  @Timeout(30)
  void aClusterThatIsNotThereIsNamed() {
    TopicCreation creation = creation(1, Map.of());

    assertThatThrownBy(() -> creation.ensure(client("127.0.0.1:1")))
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("kafka.bootstrap.servers = 127.0.0.1:1")
        .hasMessageContaining("check that the brokers");
  }

  @Test
  void aRightThatIsMissingIsNamed(@TempDir Path folder) throws Exception {
    Map<String, String> guarded =
        Map.of(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "allow.everyone.if.no.acl.found", "true");
    try (Broker own = Broker.start(folder, JavaProcess.Lifetime.LEASHED, guarded)) {
      String missing = topic + "-missing";
      own.createTopic(topic, 1);
      try (Admin admin = own.admin()) {
        admin
            .createAcls(
                Stream.concat(
                        Stream.of(topic, missing)
                            .map(name -> allowed(ResourceType.TOPIC, name, AclOperation.DESCRIBE)),
                        Stream.of(AclOperation.CLUSTER_ACTION, AclOperation.ALTER)
                            .map(right -> allowed(ResourceType.CLUSTER, "kafka-cluster", right)))
                    .toList())
            .all()
            .get();
      }

      assertThat(creation(1, Map.of()).ensure(client(own))).as("nothing to compare").isEmpty();
      assertThatThrownBy(() -> creation(1, Map.of("retention.ms", "-1")).ensure(client(own)))
          .isInstanceOf(FlumeException.class)
          .hasMessageContaining("allow this user Describe and Create on the topic, and Describe");
      TopicCreation creation =
          new TopicCreation(missing, Optional.empty(), Optional.empty(), Map.of());
      assertThatThrownBy(() -> creation.ensure(client(own)))
          .isInstanceOf(FlumeException.class)
          .hasMessageContaining("kafka.topic = " + missing)
          .hasMessageContaining("allow this user Describe and Create on the topic");
    }
  }

  private static AclBinding allowed(ResourceType type, String name, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, PatternType.LITERAL),
        new AccessControlEntry("User:ANONYMOUS", "*", operation, AclPermissionType.ALLOW));
  }
}
