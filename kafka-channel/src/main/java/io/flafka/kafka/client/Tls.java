package io.flafka.kafka.client;

import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** What Flume's own keys say about TLS, in Kafka's words. */
final class Tls {
  /** Flume's switch, since Flume can't express Kafka's, which is an empty value. */
  static final String DISABLE_VERIFICATION = "ssl.disableTLSHostnameVerification";

  /** Flume's agent-wide stores, which it keeps in the JVM's system properties. */
  private static final Map<String, String> GLOBAL =
      Map.of(
          SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, "javax.net.ssl.keyStore",
          SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, "javax.net.ssl.keyStorePassword",
          SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "javax.net.ssl.keyStoreType",
          SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, "javax.net.ssl.trustStore",
          SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, "javax.net.ssl.trustStorePassword",
          SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "javax.net.ssl.trustStoreType");

  private Tls() {}

  /** Fills in what is not set; nothing, if the client's {@code security.protocol} has no TLS. */
  static void complete(Map<String, String> client, boolean disableVerification) {
    client.remove(DISABLE_VERIFICATION);
    String protocol = client.getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "");
    if (!protocol.equalsIgnoreCase("SSL") && !protocol.equalsIgnoreCase("SASL_SSL")) {
      return;
    }
    GLOBAL.forEach(
        (key, property) -> {
          String value = System.getProperty(property);
          if (value != null) {
            client.putIfAbsent(key, value);
          }
        });
    if (disableVerification) {
      client.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
    }
  }
}
