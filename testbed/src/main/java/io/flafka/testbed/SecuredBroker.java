package io.flafka.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A {@link Broker} with more listeners, on which a client has to say who it is and may do only what
 * it was allowed.
 *
 * <p>The plain listener stays, for the tests themselves: whoever comes in there may do everything.
 */
public final class SecuredBroker implements AutoCloseable {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(30);
  private static final ScramMechanism MECHANISM = ScramMechanism.SCRAM_SHA_512;
  private static final int ITERATIONS = 4096;

  private final Path directory;
  private final Broker broker;
  private final Certificates certificates;
  private final Map<Listener, String> addresses;

  private SecuredBroker(
      Path directory, Broker broker, Certificates certificates, Map<Listener, String> addresses) {
    this.directory = directory;
    this.broker = broker;
    this.certificates = certificates;
    this.addresses = addresses;
  }

  /** The ways in. */
  public enum Listener {
    /**
     * Name and password (SCRAM-SHA-512), readable by everybody on the wire but for the password.
     */
    SASL_PLAINTEXT,
    /** Name and password, encrypted. */
    SASL_SSL,
    /** The client shows a certificate, and is who that says: {@code CN=<name>}. */
    SSL,
    /** As SASL_SSL, but the broker's certificate is another host's. */
    MISNAMED;

    private String protocol() {
      return this == MISNAMED ? SASL_SSL.name() : name();
    }
  }

  /** Makes certificates in the directory, and starts a broker there. */
  public static SecuredBroker start(Path directory, JavaProcess.Lifetime lifetime)
      throws IOException {
    Certificates certificates = Certificates.create(directory.resolve("certificates"));
    Map<Listener, String> addresses = new TreeMap<>();
    for (Listener listener : Listener.values()) {
      addresses.put(listener, "127.0.0.1:" + Ports.free());
    }
    List<String> listeners =
        addresses.entrySet().stream().map(at -> at.getKey() + "://" + at.getValue()).toList();
    Broker broker = Broker.start(directory, lifetime, listeners, settings(certificates));
    return new SecuredBroker(directory, broker, certificates, addresses);
  }

  private static Map<String, String> settings(Certificates certificates) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("listener.security.protocol.map", protocols());
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", MECHANISM.mechanismName());
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // The controller's listener and the tests' own.
    settings.put("super.users", "User:ANONYMOUS");
    settings.put("ssl.truststore.location", certificates.trustStore().toString());
    settings.put("ssl.truststore.password", Certificates.PASSWORD);
    settings.put(
        "ssl.keystore.location", certificates.keyStore("broker", "ip:127.0.0.1").toString());
    settings.put("ssl.keystore.password", Certificates.PASSWORD);
    settings.put("listener.name.ssl.ssl.client.auth", "required");
    settings.put(
        "listener.name.misnamed.ssl.keystore.location",
        certificates.keyStore("elsewhere", "dns:elsewhere.example").toString());
    settings.put("listener.name.misnamed.ssl.keystore.password", Certificates.PASSWORD);
    for (Listener listener : Listener.values()) {
      if (listener != Listener.SSL) {
        settings.put(
            "listener.name."
                + listener.name().toLowerCase(Locale.ROOT)
                + ".scram-sha-512.sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required;");
      }
    }
    return settings;
  }

  private static String protocols() {
    return Stream.concat(
            Stream.of("PLAINTEXT:PLAINTEXT", "CONTROLLER:PLAINTEXT"),
            Arrays.stream(Listener.values()).map(listener -> listener + ":" + listener.protocol()))
        .collect(Collectors.joining(","));
  }

  /** The broker behind its plain listener, where everything is allowed. */
  public Broker plain() {
    return broker;
  }

  /** {@code host:port}, for clients that come in by a listener. */
  public String bootstrapServers(Listener listener) {
    return addresses.getOrDefault(listener, "");
  }

  /** What a client trusts the broker by. */
  public Path trustStore() {
    return certificates.trustStore();
  }

  /** Makes a store by which a client is {@code User:CN=<name>}. */
  public Path keyStore(String name) {
    try {
      return certificates.keyStore(name, "dns:" + name);
    } catch (IOException e) {
      throw new IllegalStateException("Can't make a certificate for " + name, e);
    }
  }

  /** Of all stores and the keys in them. */
  public String storePassword() {
    return Certificates.PASSWORD;
  }

  /** {@code sasl.jaas.config} of a user. */
  public static String jaas(String user, String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
        + user
        + "\" password=\""
        + password
        + "\";";
  }

  /**
   * What a client needs to come in by one of the listeners that ask for a password, as that user;
   * all of Kafka's words, {@code bootstrap.servers} included.
   */
  public Map<String, String> client(Listener listener, String user, String password) {
    Map<String, String> client = new TreeMap<>();
    client.put("bootstrap.servers", bootstrapServers(listener));
    client.put("security.protocol", listener.protocol());
    client.put("sasl.mechanism", MECHANISM.mechanismName());
    client.put("sasl.jaas.config", jaas(user, password));
    if (listener != Listener.SASL_PLAINTEXT) {
      client.putAll(trust());
    }
    return client;
  }

  /** The same for the listener that asks for a certificate. */
  public Map<String, String> client(Path keyStore) {
    Map<String, String> client = new TreeMap<>(trust());
    client.put("bootstrap.servers", bootstrapServers(Listener.SSL));
    client.put("security.protocol", Listener.SSL.protocol());
    client.put("ssl.keystore.location", keyStore.toString());
    client.put("ssl.keystore.password", storePassword());
    return client;
  }

  private Map<String, String> trust() {
    return Map.of(
        "ssl.truststore.location", trustStore().toString(),
        "ssl.truststore.password", storePassword());
  }

  /** Adds a user, or gives one another password, and waits until the broker knows. */
  public void addUser(String user, String password) {
    try (Admin admin = broker.admin()) {
      get(
          admin
              .alterUserScramCredentials(
                  List.of(
                      new UserScramCredentialUpsertion(
                          user, new ScramCredentialInfo(MECHANISM, ITERATIONS), password)))
              .all(),
          "add user " + user);
    }
    Await.until(user + " can log in", CALL_LIMIT, () -> logsIn(user, password));
  }

  private boolean logsIn(String user, String password) {
    Map<String, Object> client = new HashMap<>(client(Listener.SASL_PLAINTEXT, user, password));
    client.put("client.id", "flafka-testbed");
    try (Admin admin = Admin.create(client)) {
      return !get(admin.describeCluster().nodes(), "log in").isEmpty();
    }
  }

  /** Whoever is logged in as this user stays so; nobody logs in any more. */
  public void removeUser(String user) {
    try (Admin admin = broker.admin()) {
      get(
          admin
              .alterUserScramCredentials(List.of(new UserScramCredentialDeletion(user, MECHANISM)))
              .all(),
          "remove user " + user);
    }
  }

  /** Gives a user rights on one resource of exactly this name. */
  public void allow(String user, ResourceType type, String name, AclOperation... operations) {
    List<AclBinding> rights =
        Arrays.stream(operations).map(operation -> right(user, type, name, operation)).toList();
    try (Admin admin = broker.admin()) {
      get(admin.createAcls(rights).all(), "allow " + rights);
      Await.until("the broker knows " + rights, CALL_LIMIT, () -> known(admin).containsAll(rights));
    }
  }

  /** Takes rights away again. */
  public void withdraw(String user, ResourceType type, String name, AclOperation... operations) {
    List<AclBinding> rights =
        Arrays.stream(operations).map(operation -> right(user, type, name, operation)).toList();
    try (Admin admin = broker.admin()) {
      get(
          admin.deleteAcls(rights.stream().map(AclBinding::toFilter).toList()).all(),
          "withdraw " + rights);
      Await.until(
          "the broker forgot " + rights,
          CALL_LIMIT,
          () -> rights.stream().noneMatch(known(admin)::contains));
    }
  }

  private static AclBinding right(
      String user, ResourceType type, String name, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, PatternType.LITERAL),
        new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
  }

  private static Collection<AclBinding> known(Admin admin) {
    return get(admin.describeAcls(AclBindingFilter.ANY).values(), "describe rights");
  }

  private static <T> T get(KafkaFuture<T> future, String what) {
    try {
      return future.get(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted: " + what, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Failed: " + what, e);
    }
  }

  /**
   * Writes a file with a section for Kafka's clients, as {@code java.security.auth.login.config}
   * takes it.
   */
  public Path jaasFile(String user, String password) {
    Path file = directory.resolve("jaas-" + user + ".conf");
    try {
      return Files.writeString(file, "KafkaClient {\n  " + jaas(user, password) + "\n};\n");
    } catch (IOException e) {
      throw new IllegalStateException("Can't write " + file, e);
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
