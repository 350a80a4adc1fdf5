package io.flafka.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

/** What a cluster says for real is in the ITs of the channel's security and rights. */
class RemedyTest {
  @Test
  void namesTheRightThatIsMissing() {
    assertThat(Remedy.describe(new TopicAuthorizationException(Set.of("weblogs"))))
        .isEqualTo(
            "TopicAuthorizationException: Not authorized to access topics: [weblogs]"
                + " (allow this user Write on the topic to put, and Read to take)");
    assertThat(Remedy.describe(GroupAuthorizationException.forGroupId("flume")))
        .contains("access group: flume (allow this user Read on the consumer group");
    assertThat(Remedy.describe(new TransactionalIdAuthorizationException("No.")))
        .contains("(allow this user Write on the transactional id");
    assertThat(Remedy.describe(new ClusterAuthorizationException("No.")))
        .contains("(allow this user Write on the topic, or IdempotentWrite on the cluster)");
  }

  @Test
  void tellsWhyAHandshakeFailed() {
    assertThat(handshake("No name matching web1 found"))
        .startsWith("SslAuthenticationException: SSL handshake failed: No name matching web1 found")
        .contains("ssl.disableTLSHostnameVerification");
    assertThat(handshake("Received fatal alert: certificate_required"))
        .contains("set ssl.keystore.location");
    assertThat(handshake("No appropriate protocol"))
        .contains("(check security.protocol and ssl.* under");
  }

  private static String handshake(String why) {
    return Remedy.describe(
        new SslAuthenticationException("SSL handshake failed", new SSLHandshakeException(why)));
  }

  @Test
  void unwrapsUntilSomethingIsSaid() {
    Throwable cause = new IOException("keystore password was incorrect");
    Throwable loading = new KafkaException("Failed to load SSL keystore a.p12 of type JKS", cause);
    Throwable wrapping = new KafkaException(loading);

    assertThat(Remedy.describe(new KafkaException("Failed to construct", wrapping)))
        .startsWith("Failed to load SSL keystore a.p12 of type JKS: IOException: keystore password")
        .contains("(check location, password and type of ssl.truststore and ssl.keystore");
  }

  @Test
  void aTimeoutIsDescribedByItsCause() {
    Throwable cause = new UnknownTopicOrPartitionException("no such topic");

    assertThat(Remedy.describe(new TimeoutException("60 s are over", cause)))
        .isEqualTo(
            "TimeoutException: 60 s are over (create the topic that kafka.topic names, with the"
                + " partitions that are asked for)");
    assertThat(Remedy.describe(new TimeoutException("60 s are over")))
        .contains("that their listener there speaks the security.protocol of");
  }

  @Test
  void aSpecialRemedyCountsBeforeTheUsualOnes() {
    Remedy special = new Remedy(GroupAuthorizationException.class, "ask for it");

    assertThat(Remedy.describe(new GroupAuthorizationException("No."), List.of(special)))
        .isEqualTo("GroupAuthorizationException: No. (ask for it)");
    assertThat(Remedy.describe(new IllegalStateException("odd"), List.of(special)))
        .isEqualTo("IllegalStateException: odd");
  }
}
