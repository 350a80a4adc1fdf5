package io.flafka.kafka.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testbed.SecuredBroker;
import io.flafka.testbed.SecuredBroker.Listener;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.TopicDump;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.security.auth.login.Configuration;
import org.apache.flume.Context;
import org.apache.flume.FlumeException;
import org.apache.flume.event.EventBuilder;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways in to a secured cluster, and what is said at its door. */
@ExtendWith(TestbedExtension.class)
@Timeout(120)
class KafkaChannelSecurityIT {
  private static final String PASSWORD = "secret";
  private static final String JAAS_FILE = "java.security.auth.login.config";

  private final List<KafkaChannel> channels = new ArrayList<>();
  private final Set<String> systemProperties = new HashSet<>();
  private final SecuredBroker broker;
  private String user = "";
  private String topic = "";

  KafkaChannelSecurityIT(SecuredBroker broker) {
    this.broker = broker;
  }

  @BeforeEach
  void nameTheTopicAndTheUserAfterTheTest(TestInfo test) {
    topic = test.getTestMethod().orElseThrow().getName() + "-" + System.nanoTime();
    user = topic;
  }

  @AfterEach
  void stopChannels() {
    channels.forEach(KafkaChannel::stop);
    systemProperties.forEach(System::clearProperty);
    Configuration.setConfiguration(null); // The JVM would keep a file that it has read.
  }

  private void setSystemProperty(String key, Object value) {
    systemProperties.add(key);
    System.setProperty(key, value.toString());
  }

  /** A user with a password, or with a certificate, who may put and take at least once. */
  private void allow(String principal) {
    broker.plain().createTopic(topic, 1);
    broker.allow(principal, ResourceType.TOPIC, topic, AclOperation.WRITE, AclOperation.READ);
    broker.allow(principal, ResourceType.GROUP, topic, AclOperation.READ);
  }

  private KafkaChannel channel(Map<String, String> keys, String... more) {
    Map<String, String> values = new TreeMap<>(keys);
    values.put("kafka.topic", topic);
    values.put("kafka.consumer.group.id", topic);
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    KafkaChannel channel = new KafkaChannel();
    channel.setName("c" + channels.size() + "-" + topic);
    channel.configure(new Context(values));
    channels.add(channel);
    return channel;
  }

  private Map<String, String> client(Listener listener) {
    return broker.client(listener, user, PASSWORD);
  }

  private void assertCarries(KafkaChannel channel) {
    channel.start();
    new Lines(topic).put(channel, 0, 100);
    assertLanding(channel, 100);
  }

  private static void assertLanding(KafkaChannel channel, int lines) {
    Landing landing = new Landing(channel);
    landing.processUntil(lines);
    assertThat(landing.landed()).isEqualTo(Lines.bodies(0, lines));
  }

  @ParameterizedTest
  @EnumSource(names = {"SASL_PLAINTEXT", "SASL_SSL"})
  void carriesWithAPasswordInItsKeys(Listener listener) {
    broker.addUser(user, PASSWORD);
    allow(user);

    assertCarries(channel(BothSides.of(client(listener))));
  }

  @Test
  void carriesWithAJaasFileThatWasWrittenForStockFlume() {
    broker.addUser(user, PASSWORD);
    allow(user);
    Map<String, String> client = client(Listener.SASL_SSL);
    client.remove("sasl.jaas.config");
    setSystemProperty(JAAS_FILE, broker.jaasFile(user, PASSWORD));

    assertCarries(channel(BothSides.of(client)));
  }

  @Test
  void carriesWithACertificate() {
    allow("CN=" + user);

    assertCarries(channel(BothSides.of(broker.client(broker.keyStore(user)))));
  }

  @Test
  void carriesWithTheStoresOfTheWholeAgent() {
    allow("CN=" + user);
    setSystemProperty("javax.net.ssl.keyStore", broker.keyStore(user));
    setSystemProperty("javax.net.ssl.keyStorePassword", broker.storePassword());
    setSystemProperty("javax.net.ssl.trustStore", broker.trustStore());
    setSystemProperty("javax.net.ssl.trustStorePassword", broker.storePassword());
    Map<String, String> client =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(Listener.SSL), "security.protocol", "SSL");

    assertCarries(channel(BothSides.of(client)));
  }

  @Test
  void carriesPastAnotherHostsCertificateOnlyIfItIsToldTo() {
    broker.addUser(user, PASSWORD);
    allow(user);
    Map<String, String> keys = BothSides.of(client(Listener.MISNAMED));
    KafkaChannel careful = channel(keys);
    assertThatThrownBy(careful::start)
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("the brokers' certificate is another host's")
        .hasMessageContaining("ssl.disableTLSHostnameVerification");

    String disable = "ssl.disableTLSHostnameVerification";
    assertCarries(
        channel(keys, "kafka.producer." + disable, "true", "kafka.consumer." + disable, "true"));
  }

  /** Whatever a channel opens, opens the same way: for its topics too, and for its ledger. */
  @Test
  void carriesExactlyOnceWithAPasswordAtAProvider(@TempDir Path folder) throws Exception {
    broker.addUser(user, PASSWORD);
    String ledger = topic + "-ledger";
    for (String name : List.of(topic, ledger)) {
      broker.allow(
          user,
          ResourceType.TOPIC,
          name,
          AclOperation.CREATE,
          AclOperation.WRITE,
          AclOperation.READ);
    }
    broker.allow(user, ResourceType.GROUP, topic, AclOperation.READ);
    broker.allow(user, ResourceType.TRANSACTIONAL_ID, topic, AclOperation.WRITE);
    Path passwords = folder.resolve("passwords");
    Files.writeString(passwords, "jaas = " + SecuredBroker.jaas(user, PASSWORD) + "\n");
    Map<String, String> client = client(Listener.SASL_SSL);
    client.put("sasl.jaas.config", "${file:" + passwords + ":jaas}");
    client.put("config.providers", "file");
    client.put(
        "config.providers.file.class",
        "org.apache.kafka.common.config.provider.FileConfigProvider");
    String[] exactlyOnce = {
      "topic.create",
      "true",
      "delivery.guarantee",
      "exactly_once",
      "kafka.transactional.id",
      topic,
      "ledger.topic",
      ledger
    };
    KafkaChannel channel = channel(BothSides.of(client), exactlyOnce);

    assertCarries(channel);

    channel.stop();
    channel.start();
    assertThat(channel.committed(topic)).as("in the ledger").hasValue(100);
  }

  @Test
  void putsADeadLetterAsTheSameUser() {
    broker.addUser(user, PASSWORD);
    allow(user);
    String letters = broker.plain().createTopic(topic + "-letters", 1);
    broker.allow(user, ResourceType.TOPIC, letters, AclOperation.WRITE);
    KafkaChannel channel =
        channel(
            BothSides.of(client(Listener.SASL_SSL)),
            "kafka.producer.max.request.size",
            "1000",
            "deadletter.topic",
            letters);
    channel.start();
    Lines lines = new Lines(topic);
    lines.put(channel, 0, 10);

    Lines.put(channel, List.of(EventBuilder.withBody("x".repeat(2_000), UTF_8)));

    assertThat(TopicDump.of(broker.plain(), letters))
        .singleElement()
        .satisfies(letter -> assertThat(letter.value()).contains("x".repeat(2_000)));
    assertLanding(channel, 10);
  }

  @Test
  void anAgentThatOnlyTakesNeedsTheKeysOfThatSideAlone() {
    broker.addUser(user, PASSWORD);
    allow(user);
    KafkaChannel putting = channel(BothSides.of(client(Listener.SASL_SSL)));
    putting.start();
    new Lines(topic).put(putting, 0, 10);

    KafkaChannel taking = channel(BothSides.of(client(Listener.SASL_SSL), "kafka.consumer."));
    taking.start();

    assertLanding(taking, 10);
  }

  /** What is wrong, and what is said about it. */
  private enum Mistake {
    WRONG_PASSWORD(
        "sasl.jaas.config",
        SecuredBroker.jaas("nobody", "wrong"),
        "check user and password in sasl.jaas.config"),
    WRONG_MECHANISM(
        "sasl.mechanism", "PLAIN", "enabled mechanisms are [SCRAM-SHA-512] (set sasl.mechanism"),
    NO_MECHANISM(
        "sasl.mechanism", "", "set sasl.mechanism under kafka.producer and kafka.consumer; unset"),
    NO_JAAS(
        "sasl.jaas.config",
        "",
        "or the section KafkaClient of the file that -Djava.security.auth.login.config names"),
    NO_SUCH_LOGIN_MODULE(
        "sasl.jaas.config",
        "ScramLoginModule required;",
        "(check sasl.mechanism and sasl.jaas.config"),
    NO_TRUST_STORE(
        "ssl.truststore.location",
        "",
        "but trust store password is specified. (check location, password and type"),
    NO_SUCH_STORE(
        "ssl.truststore.location",
        "no/such.p12",
        "no/such.p12 of type JKS: NoSuchFileException: no/such.p12 (check location, password"),
    WRONG_STORE_PASSWORD(
        "ssl.truststore.password",
        "wrong",
        "trusted.p12 of type JKS: IOException: keystore password was incorrect (check location"),
    WRONG_PROTOCOL(
        "security.protocol",
        "SASL_PLAINTEXT",
        "that their listener there speaks the security.protocol of");

    private final String property;
    private final String value;
    private final String remedy;

    Mistake(String property, String value, String remedy) {
      this.property = property;
      this.value = value;
      this.remedy = remedy;
    }
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(20)
  void aMistakeIsNamedAtTheStartWithItsRemedy(Mistake mistake) {
    broker.addUser(user, PASSWORD);
    allow(user);
    Map<String, String> client = client(Listener.SASL_SSL);
    client.put(mistake.property, mistake.value);
    client.values().removeIf(String::isEmpty);

    KafkaChannel channel = channel(BothSides.of(client));

    assertThatThrownBy(channel::start)
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("kafka.topic = " + topic)
        .hasMessageContaining(mistake.remedy)
        .hasMessageEndingWith("Nothing was put or taken");
  }

  @Test
  @Timeout(20)
  void aCertificateThatNobodyTrustsIsNamedAtTheStart() {
    Map<String, String> client = client(Listener.SASL_SSL);
    client.keySet().removeIf(key -> key.startsWith("ssl.truststore"));

    assertThatThrownBy(channel(BothSides.of(client))::start)
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("PKIX path building failed")
        .hasMessageContaining("is signed by nobody that ssl.truststore.location");
  }

  @Test
  @Timeout(20)
  void aMissingCertificateIsNamedAtTheStart() {
    allow("CN=" + user);
    Map<String, String> client = broker.client(broker.keyStore(user));
    client.keySet().removeIf(key -> key.startsWith("ssl.keystore"));

    assertThatThrownBy(channel(BothSides.of(client))::start)
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("set ssl.keystore.location and ssl.keystore.password");
  }

  @Test
  void aUserWhoIsRemovedInMidRunHoldsThingsUpUntilHeIsBack() throws Exception {
    broker.addUser(user, PASSWORD);
    allow(user);
    // Records that the client has already may have to wait for that, by default for two minutes.
    KafkaChannel channel =
        channel(
            BothSides.of(client(Listener.SASL_SSL)),
            "kafka.producer.request.timeout.ms",
            "1000",
            "kafka.producer.delivery.timeout.ms",
            "3000");
    channel.start();
    Landing landing = new Landing(channel);
    Lines lines = new Lines(topic);
    lines.put(channel, 0, 10);
    landing.processUntil(10);

    broker.removeUser(user);
    broker.plain().kill(); // Nobody logs in again before he has to.
    broker.plain().restart();
    Refusal.await(() -> lines.put(channel, 10, 20), "None counts as put", "user");
    Refusal.await(landing::process, "check user and password in sasl.jaas.config");
    broker.addUser(user, PASSWORD);

    lines.putUntilAccepted(channel, 10, 20);
    landing.processUntil(20);
    assertThat(landing.landed()).isEqualTo(Lines.bodies(0, 20));
  }
}
