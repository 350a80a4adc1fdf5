package io.flafka.testbed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A Kerberos key distribution centre for one realm, in a JVM of its own: Hadoop's own for tests.
 *
 * <p>It forgets its keys when it ends, so it can't be restarted.
 */
public final class Kdc implements AutoCloseable {
  /** Of all principals. */
  public static final String REALM = "FLAFKA.TEST";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Path directory;
  private final int port;
  private final JavaProcess process;

  private Kdc(Path directory, int port, JavaProcess process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts a centre and waits for it.
   *
   * @param names of the principals, without the realm; one keytab holds them all
   */
  static Kdc start(Path directory, JavaProcess.Lifetime lifetime, List<String> names)
      throws IOException {
    Files.createDirectories(directory);
    int port = Ports.free();
    Path settings = directory.resolve("kdc.properties");
    try (OutputStream out = Files.newOutputStream(settings)) {
      settings(port).store(out, null);
    }
    Resources.copy("hadoop-log4j.properties", directory);
    List<String> arguments =
        new ArrayList<>(
            Stream.of(directory, settings, keytab(directory)).map(Path::toString).toList());
    arguments.addAll(names);
    JavaProcess process =
        JavaProcess.start(
            "kdc",
            directory,
            lifetime,
            Map.of(),
            JavaProcess.command(
                Home.KERBEROS.jars(),
                List.of(
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-Dlog4j.configuration="
                        + directory.resolve("hadoop-log4j.properties").toUri()),
                "org.apache.hadoop.minikdc.MiniKdc",
                arguments));
    process.readyWithin(
        START_LIMIT,
        () -> process.logLines().stream().anyMatch(line -> line.contains("MiniKdc Running")));
    return new Kdc(directory, port, process);
  }

  private static Properties settings(int port) {
    Properties settings = new Properties();
    String[] domain = REALM.split("\\.", 2);
    settings.put("org.name", domain[0]);
    settings.put("org.domain", domain[1]);
    settings.put("instance", "DefaultKrbServer");
    settings.put("kdc.bind.address", "127.0.0.1");
    settings.put("kdc.port", Integer.toString(port));
    settings.put("transport", "TCP");
    settings.put("debug", "false");
    // Milliseconds and seconds, as Hadoop has it. Clients ask for what they like in between.
    settings.put("max.ticket.lifetime", "86400000");
    settings.put("max.renewable.lifetime", "604800000");
    settings.put("min.ticket.lifetime", "1");
    return settings;
  }

  private static Path keytab(Path directory) {
    return directory.resolve("all.keytab");
  }

  /** The keys of all principals. */
  public Path keytab() {
    return keytab(directory);
  }

  /**
   * Writes what {@code java.security.krb5.conf} of a JVM has to name, so that it asks this centre.
   *
   * @param life of the tickets that the JVM asks for, in whole seconds
   */
  public Path configuration(Duration life) {
    Path file = directory.resolve("krb5-" + life.toSeconds() + "s.conf");
    String text =
        """
        [libdefaults]
        default_realm = %s
        ticket_lifetime = %ds
        udp_preference_limit = 1
        dns_lookup_kdc = false
        dns_lookup_realm = false
        kdc_timeout = 20s
        [realms]
        %s = {
          kdc = 127.0.0.1:%d
        }
        """
            .formatted(REALM, life.toSeconds(), REALM, port);
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new IllegalStateException("Can't write " + file, e);
    }
  }

  @Override
  public void close() {
    process.terminate(STOP_LIMIT);
  }
}
