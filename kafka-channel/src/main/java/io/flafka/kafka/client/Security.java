package io.flafka.kafka.client;

import java.io.IOException;
import java.security.UnrecoverableKeyException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** What to change when a cluster doesn't know the client, or doesn't allow it something. */
final class Security {
  private static final String SIDES = " under kafka.producer and kafka.consumer";

  private static final String LOGIN =
      "check sasl.mechanism and sasl.jaas.config"
          + SIDES
          + ", or the section KafkaClient of the file that -Djava.security.auth.login.config names";

  private static final String STORES =
      "check location, password and type of ssl.truststore and ssl.keystore"
          + SIDES
          + ", or Flume's own, which count where these are unset";

  /** The first that applies counts. */
  static final List<Remedy> REMEDIES =
      List.of(
          new Remedy(
              TopicAuthorizationException.class,
              "allow this user Write on the topic to put, and Read to take"),
          new Remedy(
              GroupAuthorizationException.class,
              "allow this user Read on the consumer group that kafka.consumer.group.id names"),
          new Remedy(
              TransactionalIdAuthorizationException.class,
              "allow this user Write on the transactional id that kafka.transactional.id names"),
          new Remedy(
              ClusterAuthorizationException.class,
              "allow this user Write on the topic, or IdempotentWrite on the cluster"),
          new Remedy(
              SaslAuthenticationException.class,
              "invalid credentials",
              "check user and password in sasl.jaas.config"
                  + SIDES
                  + ", or in the file that -Djava.security.auth.login.config names; and that the"
                  + " brokers know this user for this sasl.mechanism"),
          new Remedy(
              UnsupportedSaslMechanismException.class,
              "set sasl.mechanism" + SIDES + " to one that is enabled"),
          new Remedy(SaslAuthenticationException.class, LOGIN),
          new Remedy(
              SSLException.class,
              "PKIX",
              "the brokers' certificate is signed by nobody that ssl.truststore.location"
                  + SIDES
                  + " holds, or Flume's own trust store where that is unset"),
          new Remedy(SSLException.class, "subject alternative", otherHost()),
          new Remedy(SSLException.class, "No name matching", otherHost()),
          new Remedy(
              SSLException.class,
              "certificate",
              "the brokers ask for a certificate that they trust: set ssl.keystore.location and"
                  + " ssl.keystore.password"
                  + SIDES),
          new Remedy(SSLException.class, "check security.protocol and ssl.*" + SIDES),
          new Remedy(AuthenticationException.class, "check sasl.* and ssl.*" + SIDES),
          new Remedy(LoginException.class, LOGIN),
          new Remedy(
              IllegalArgumentException.class,
              "No serviceName",
              "set sasl.mechanism" + SIDES + "; unset it means GSSAPI, which is Kerberos"),
          new Remedy(IllegalArgumentException.class, "JAAS", LOGIN),
          new Remedy(InvalidConfigurationException.class, "SSL", STORES),
          new Remedy(IOException.class, STORES),
          new Remedy(UnrecoverableKeyException.class, STORES));

  private Security() {}

  private static String otherHost() {
    return "the brokers' certificate is another host's: use the names that it is for in"
        + " kafka.bootstrap.servers and the brokers' advertised.listeners, or set"
        + " ssl.disableTLSHostnameVerification = true"
        + SIDES;
  }
}
