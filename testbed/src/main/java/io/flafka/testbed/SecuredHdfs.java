package io.flafka.testbed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * An {@link Hdfs} whose clients have to be known to a {@link Kdc}.
 *
 * <p>Kerberos' and Hadoop's security are the same for a whole JVM: a client runs in a JVM of its
 * own, with {@link #clientOptions} and {@link #clientConfiguration}.
 */
public final class SecuredHdfs implements AutoCloseable {
  /** Owns the file system. */
  public static final String SUPERUSER = "hdfs";

  /** May write files for others, see {@code hadoop.proxyuser}. */
  public static final String GATEWAY = "gateway";

  /** May not. */
  public static final String FLUME = "flume";

  private final Path directory;
  private final Kdc kdc;
  private final Hdfs hdfs;

  private SecuredHdfs(Path directory, Kdc kdc, Hdfs hdfs) {
    this.directory = directory;
    this.kdc = kdc;
    this.hdfs = hdfs;
  }

  /** Starts a centre, and then both nodes. */
  public static SecuredHdfs start(Path directory, JavaProcess.Lifetime lifetime)
      throws IOException {
    Kdc kdc =
        Kdc.start(
            directory.resolve("kdc"),
            lifetime,
            List.of(SUPERUSER + "/localhost", GATEWAY + "/localhost", FLUME));
    try {
      Hdfs hdfs =
          Hdfs.start(
              directory.resolve("hdfs"),
              lifetime,
              List.of("-Djava.security.krb5.conf=" + kdc.configuration(Duration.ofHours(12))),
              settings(kdc.keytab()));
      return new SecuredHdfs(directory, kdc, hdfs);
    } catch (IOException | RuntimeException e) {
      kdc.close();
      throw e;
    }
  }

  private static Map<String, String> settings(Path keytab) {
    Map<String, String> settings = new HashMap<>();
    settings.put("hadoop.security.authentication", "kerberos");
    settings.put("hadoop.security.authorization", "true");
    for (String node : List.of("namenode", "datanode")) {
      settings.put("dfs." + node + ".kerberos.principal", principal(SUPERUSER + "/localhost"));
      settings.put("dfs." + node + ".keytab.file", keytab.toString());
    }
    settings.put("dfs.block.access.token.enable", "true");
    settings.put("dfs.data.transfer.protection", "authentication");
    // DataNodes want ports below 1024 or HTTPS, against those who listen in on this machine.
    settings.put("ignore.secure.ports.for.testing", "true");
    settings.put("hadoop.proxyuser." + GATEWAY + ".hosts", "*");
    settings.put("hadoop.proxyuser." + GATEWAY + ".users", "*");
    return settings;
  }

  /** The full name of a principal. */
  public static String principal(String name) {
    return name + "@" + Kdc.REALM;
  }

  public Hdfs hdfs() {
    return hdfs;
  }

  public Kdc kdc() {
    return kdc;
  }

  /**
   * What the JVM of a client needs to be told.
   *
   * @param life of the tickets that it asks for, in whole seconds
   */
  public List<String> clientOptions(Duration life) {
    return List.of("-Djava.security.krb5.conf=" + kdc.configuration(life));
  }

  /** A folder for the class path of a client: Hadoop's configuration files, with some changes. */
  public Path clientConfiguration(Map<String, String> changes) throws IOException {
    Configuration configuration = hdfs.configuration();
    changes.forEach(configuration::set);
    Path folder = directory.resolve("client");
    Hdfs.write(configuration, folder);
    return folder;
  }

  @Override
  public void close() {
    try (kdc) {
      hdfs.close();
    }
  }
}
