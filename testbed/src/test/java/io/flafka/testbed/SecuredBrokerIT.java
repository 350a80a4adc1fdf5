package io.flafka.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testbed.SecuredBroker.Listener;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(TestbedExtension.class)
@Timeout(120)
class SecuredBrokerIT {
  private final SecuredBroker broker;
  private String user = "";
  private String topic = "";

  SecuredBrokerIT(SecuredBroker broker) {
    this.broker = broker;
  }

  @BeforeEach
  void createATopicAndAUserForTheTest(TestInfo test) {
    user = test.getTestMethod().orElseThrow().getName() + System.nanoTime();
    topic = broker.plain().createTopic(user, 1);
    broker.addUser(user, "right");
  }

  private int partitions(Map<String, String> client) throws Exception {
    try (Admin admin = Admin.create(new HashMap<>(client))) {
      return Objects.requireNonNull(
              admin.describeTopics(Set.of(topic)).topicNameValues().get(topic))
          .get(30, TimeUnit.SECONDS)
          .partitions()
          .size();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SASL_PLAINTEXT", "SASL_SSL"})
  void letsAUserInWithItsPasswordOnly(Listener listener) throws Exception {
    broker.allow(user, ResourceType.TOPIC, topic, AclOperation.DESCRIBE);

    assertThat(partitions(broker.client(listener, user, "right"))).isEqualTo(1);
    assertThatThrownBy(() -> partitions(broker.client(listener, user, "wrong")))
        .hasCauseInstanceOf(SaslAuthenticationException.class);
  }

  @Test
  void letsInWhoShowsACertificate() throws Exception {
    Map<String, String> client = broker.client(broker.keyStore(user));
    assertThatThrownBy(() -> partitions(client))
        .hasCauseInstanceOf(TopicAuthorizationException.class);

    broker.allow("CN=" + user, ResourceType.TOPIC, topic, AclOperation.DESCRIBE);

    assertThat(partitions(client)).isEqualTo(1);
    client.keySet().removeIf(key -> key.startsWith("ssl.keystore"));
    assertThatThrownBy(() -> partitions(client))
        .hasCauseInstanceOf(SslAuthenticationException.class);
  }

  @Test
  void isTakenForAnotherHostByItsMisnamedListener() throws Exception {
    broker.allow(user, ResourceType.TOPIC, topic, AclOperation.DESCRIBE);
    Map<String, String> client = broker.client(Listener.MISNAMED, user, "right");

    assertThatThrownBy(() -> partitions(client))
        .hasCauseInstanceOf(SslAuthenticationException.class);
    client.put("ssl.endpoint.identification.algorithm", "");
    assertThat(partitions(client)).isEqualTo(1);
  }

  @Test
  void aRightCanBeWithdrawnAndGivenAgain() throws Exception {
    Map<String, String> client = broker.client(Listener.SASL_PLAINTEXT, user, "right");
    broker.allow(user, ResourceType.TOPIC, topic, AclOperation.DESCRIBE);
    assertThat(partitions(client)).isEqualTo(1);

    broker.withdraw(user, ResourceType.TOPIC, topic, AclOperation.DESCRIBE);
    assertThatThrownBy(() -> partitions(client))
        .hasCauseInstanceOf(TopicAuthorizationException.class);

    broker.allow(user, ResourceType.TOPIC, topic, AclOperation.DESCRIBE);
    assertThat(partitions(client)).isEqualTo(1);
  }

  @Test
  void knowsItsUsersAndTheirRightsAfterAKill() throws Exception {
    Map<String, String> client = broker.client(Listener.SASL_SSL, user, "right");
    broker.allow(user, ResourceType.TOPIC, topic, AclOperation.DESCRIBE);

    broker.plain().kill();
    broker.plain().restart();

    assertThat(partitions(client)).isEqualTo(1);
    broker.removeUser(user);
    assertThatThrownBy(() -> partitions(client))
        .hasCauseInstanceOf(SaslAuthenticationException.class);
  }
}
