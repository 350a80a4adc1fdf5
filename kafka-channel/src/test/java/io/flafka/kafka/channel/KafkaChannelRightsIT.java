package io.flafka.kafka.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.delivery.Guarantee;
import io.flafka.testbed.SecuredBroker;
import io.flafka.testbed.SecuredBroker.Listener;
import io.flafka.testbed.TestbedExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.FlumeException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the channel does when its user may not do everything. */
@ExtendWith(TestbedExtension.class)
@Timeout(120)
class KafkaChannelRightsIT {
  private static final String PASSWORD = "secret";

  private final List<KafkaChannel> channels = new ArrayList<>();
  private final SecuredBroker broker;
  private String user = "";
  private String topic = "";
  private Lines lines = new Lines("");

  KafkaChannelRightsIT(SecuredBroker broker) {
    this.broker = broker;
  }

  @BeforeEach
  void addAUserForTheTest(TestInfo test) {
    user = "u" + System.nanoTime();
    topic = test.getTestMethod().orElseThrow().getName() + "-" + user;
    lines = new Lines(topic);
    broker.plain().createTopic(topic, 1);
    broker.addUser(user, PASSWORD);
  }

  @AfterEach
  void stopChannels() {
    channels.forEach(KafkaChannel::stop);
  }

  private KafkaChannel configured(Guarantee guarantee) {
    Map<String, String> values =
        BothSides.of(broker.client(Listener.SASL_PLAINTEXT, user, PASSWORD));
    values.put("kafka.topic", topic);
    values.put("kafka.consumer.group.id", topic);
    // A member that may not leave its group is dropped by it after this time; by default, 45 s.
    values.put("kafka.consumer.session.timeout.ms", "6000");
    values.put("delivery.guarantee", guarantee.name().toLowerCase(Locale.ROOT));
    if (guarantee == Guarantee.EXACTLY_ONCE) {
      values.put("kafka.transactional.id", id());
      values.put("ledger.topic", ledger());
    }
    KafkaChannel channel = new KafkaChannel();
    channel.setName("c-" + topic);
    channel.configure(new Context(values));
    channels.add(channel);
    return channel;
  }

  private String id() {
    return topic + "-id";
  }

  private String ledger() {
    return topic + "-ledger";
  }

  private void allowAll(Guarantee guarantee) {
    broker.allow(user, ResourceType.TOPIC, topic, AclOperation.WRITE, AclOperation.READ);
    broker.allow(user, ResourceType.GROUP, topic, AclOperation.READ);
    if (guarantee == Guarantee.EXACTLY_ONCE) {
      broker.allow(user, ResourceType.TRANSACTIONAL_ID, id(), AclOperation.WRITE);
      broker.allow(
          user,
          ResourceType.TOPIC,
          ledger(),
          AclOperation.CREATE,
          AclOperation.WRITE,
          AclOperation.READ);
    }
  }

  @Test
  void everyMissingRightIsNamedAtLeastOnce() {
    KafkaChannel channel = configured(Guarantee.AT_LEAST_ONCE);
    assertThatThrownBy(channel::start)
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("[" + topic + "] (allow this user Write on the topic to put");
    broker.allow(user, ResourceType.TOPIC, topic, AclOperation.DESCRIBE);
    channel.start();

    Refusal.await(() -> lines.put(channel, 0, 10), "Write on the topic, or IdempotentWrite");
    broker.allow(user, ResourceType.TOPIC, topic, AclOperation.WRITE);
    lines.put(channel, 0, 10);

    Landing landing = new Landing(channel);
    Refusal.await(landing::process, topic + " (allow this user Read on the consumer group");
    broker.allow(user, ResourceType.GROUP, topic, AclOperation.READ);
    Refusal.await(landing::process, "[" + topic + "] (allow this user Write on the topic to put");
    broker.allow(user, ResourceType.TOPIC, topic, AclOperation.READ);
    landing.processUntil(10);
    assertThat(landing.landed()).isEqualTo(Lines.bodies(0, 10));
  }

  @Test
  void everyMissingRightIsNamedExactlyOnce() {
    KafkaChannel channel = configured(Guarantee.EXACTLY_ONCE);
    broker.allow(user, ResourceType.TOPIC, topic, AclOperation.WRITE, AclOperation.READ);
    broker.allow(user, ResourceType.GROUP, topic, AclOperation.READ);
    channel.start();
    Runnable put = () -> lines.put(channel, 0, 10);

    String ledger = "ledger.topic = " + ledger();
    String readAndWrite = "(allow this user Read and Write on this topic, and Create";
    Refusal.await(put, ledger, readAndWrite);
    broker.allow(user, ResourceType.TOPIC, ledger(), AclOperation.DESCRIBE);
    Refusal.await(put, ledger, readAndWrite);
    broker.allow(user, ResourceType.TOPIC, ledger(), AclOperation.CREATE);
    Refusal.await(put, id(), "(allow this user Write on the transactional id");
    broker.allow(user, ResourceType.TRANSACTIONAL_ID, id(), AclOperation.WRITE);
    Refusal.await(put, "[" + ledger() + "] (allow this user Write on the topic to put");
    broker.allow(user, ResourceType.TOPIC, ledger(), AclOperation.WRITE);
    put.run();

    channel.stop();
    channel.start();
    Refusal.await(put, ledger, readAndWrite);
    broker.allow(user, ResourceType.TOPIC, ledger(), AclOperation.READ);
    put.run();
    Landing landing = new Landing(channel);
    landing.processUntil(10);
    assertThat(landing.landed()).isEqualTo(Lines.bodies(0, 10));
  }

  @Test
  void aChannelThatIsOnlyTakenFromNeedsNoRightToWrite() {
    allowAll(Guarantee.EXACTLY_ONCE);
    KafkaChannel putting = configured(Guarantee.EXACTLY_ONCE);
    putting.start();
    lines.put(putting, 0, 10);
    putting.stop();
    broker.withdraw(user, ResourceType.TOPIC, topic, AclOperation.WRITE);
    broker.withdraw(user, ResourceType.TRANSACTIONAL_ID, id(), AclOperation.WRITE);
    broker.withdraw(
        user,
        ResourceType.TOPIC,
        ledger(),
        AclOperation.CREATE,
        AclOperation.WRITE,
        AclOperation.READ);

    KafkaChannel taking = configured(Guarantee.EXACTLY_ONCE);
    taking.start();
    Landing landing = new Landing(taking);
    landing.processUntil(10);

    assertThat(landing.landed()).isEqualTo(Lines.bodies(0, 10));
  }

  @ParameterizedTest
  @CsvSource({
    "AT_LEAST_ONCE, TOPIC,            '',      Write on the topic",
    "EXACTLY_ONCE,  TOPIC,            '',      Write on the topic",
    "EXACTLY_ONCE,  TOPIC,            -ledger, Write on the topic",
    "EXACTLY_ONCE,  TRANSACTIONAL_ID, -id,     Write on the transactional id"
  })
  void whatMayNotBePutAnyMoreWaitsUntilItMay(
      Guarantee guarantee, ResourceType type, String suffix, String remedy) {
    allowAll(guarantee);
    KafkaChannel channel = configured(guarantee);
    channel.start();
    Landing landing = new Landing(channel);
    lines.put(channel, 0, 100);

    broker.withdraw(user, type, topic + suffix, AclOperation.WRITE);
    for (int attempt = 0; attempt < 2; attempt++) {
      Refusal.await(() -> lines.put(channel, 100, 200), remedy);
    }
    broker.allow(user, type, topic + suffix, AclOperation.WRITE);

    lines.put(channel, 100, 200);
    lines.put(channel, 200, 300);
    landing.processUntil(300);
    assertThat(landing.landed()).isEqualTo(Lines.bodies(0, 300));
  }

  @ParameterizedTest
  @CsvSource({
    "AT_LEAST_ONCE, TOPIC, Read to take",
    "EXACTLY_ONCE,  TOPIC, Read to take",
    "AT_LEAST_ONCE, GROUP, Read on the consumer group",
    "EXACTLY_ONCE,  GROUP, Read on the consumer group"
  })
  void whatMayNotBeTakenAnyMoreWaitsUntilItMay(
      Guarantee guarantee, ResourceType type, String remedy) {
    allowAll(guarantee);
    KafkaChannel channel = configured(guarantee);
    channel.start();
    Landing landing = new Landing(channel);
    lines.put(channel, 0, 100);
    landing.processUntil(100);

    broker.withdraw(user, type, topic, AclOperation.READ);
    lines.put(channel, 100, 200);
    for (int attempt = 0; attempt < 3; attempt++) {
      Refusal.await(landing::process, remedy);
    }
    assertThat(landing.landed()).as("while it may not").hasSize(100);
    broker.allow(user, type, topic, AclOperation.READ);

    lines.put(channel, 200, 300);
    landing.processUntil(300);
    assertThat(landing.landed()).isEqualTo(Lines.bodies(0, 300));
  }
}
