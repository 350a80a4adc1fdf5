package io.flafka.hdfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.login.Login;
import io.flafka.testbed.Await;
import io.flafka.testbed.SecuredHdfs;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.event.EventBuilder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * Sinks on a secured HDFS, in a JVM of their own: what Kerberos and Hadoop's security are is the
 * same for all of one.
 *
 * <p>It says on its output what it did, for the test that started it to read.
 */
final class SecuredSinks {
  private static final Duration LIFE = Duration.ofSeconds(28);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Path folder;
  private final String keytab;
  private final String ownKeytab;

  private SecuredSinks(Path folder, String keytab, String ownKeytab) {
    this.folder = folder;
    this.keytab = keytab;
    this.ownKeytab = ownKeytab;
  }

  /** How long the tickets of this JVM have to be good for. */
  static Duration life() {
    return LIFE;
  }

  /**
   * Takes a folder to write to, the keytab, a copy for one of the sinks, and one that opens
   * nothing.
   */
  public static void main(String[] arguments) throws Exception {
    SecuredSinks sinks = new SecuredSinks(Path.of(arguments[0]), arguments[1], arguments[2]);
    sinks.asSuperuser(
        files -> {
          var landed = new org.apache.hadoop.fs.Path("/landed");
          files.mkdirs(landed);
          files.setPermission(landed, new FsPermission("777"));
          return true;
        });
    sinks.sayHowItFails(Map.of());
    sinks.sayHowItFails(as(SecuredHdfs.FLUME, "alice", arguments[1]));
    sinks.sayHowItFails(as(SecuredHdfs.FLUME, "", arguments[3]));
    sinks.sayWhyFilesCannotMove();
    sinks.landLongerThanATicketLives();
    sinks.sayWhatHasLanded();
  }

  private static Map<String, String> as(String user, String proxyUser, String keytab) {
    return Map.of(
        "hdfs.kerberosPrincipal", SecuredHdfs.principal(user),
        "hdfs.kerberosKeytab", keytab,
        "hdfs.proxyUser", proxyUser);
  }

  /** A sink and its channel. */
  private record Pipeline(HdfsSink sink, ListChannel channel) {
    void put(int number) {
      channel.put(EventBuilder.withBody("line " + number, UTF_8));
    }

    /** Lands what is in the channel, each line in a file of its own. */
    boolean lands() {
      try {
        sink.process();
        return channel.isEmpty();
      } catch (EventDeliveryException e) {
        System.out.println("failed: " + e.getMessage());
        return false;
      }
    }
  }

  private Pipeline start(String name, Map<String, String> login) {
    Map<String, String> keys = new HashMap<>(login);
    keys.put("hdfs.path", "/landed/" + name);
    keys.put("hdfs.fileType", "DataStream");
    keys.put("hdfs.rollCount", "1");
    keys.put("hdfs.registryDir", folder.resolve("registry-" + name).toString());
    ListChannel channel = new ListChannel();
    HdfsSink sink = new HdfsSink();
    sink.setName(name);
    sink.setChannel(channel);
    sink.configure(new Context(keys));
    sink.start();
    return new Pipeline(sink, channel);
  }

  private void sayHowItFails(Map<String, String> login) {
    Pipeline pipeline = start("refused", login);
    pipeline.put(0);
    pipeline.lands();
    pipeline.sink().stop();
  }

  /** Everybody may write to one directory, and only the superuser to the other. */
  private void sayWhyFilesCannotMove() throws IOException {
    var landed = new org.apache.hadoop.fs.Path("/landed");
    var root = new org.apache.hadoop.fs.Path("/");
    Login.Keytab flume =
        new Login.Keytab(SecuredHdfs.principal(SecuredHdfs.FLUME), Path.of(keytab));
    try (HdfsClient client = HdfsClient.open(root, false, new Login(flume, null))) {
      client.checkMovable(landed, landed);
      client.checkMovable(landed, root);
    } catch (IOException e) {
      System.out.println("unmovable: " + e.getMessage());
    }
  }

  private void landLongerThanATicketLives() {
    Pipeline own = start("own", as(SecuredHdfs.FLUME, "", ownKeytab));
    Pipeline proxy = start("proxy", as(SecuredHdfs.GATEWAY + "/localhost", "alice", keytab));
    Instant end = Instant.now().plus(LIFE).plusSeconds(2);
    int number = 0;
    while (Instant.now().isBefore(end)) {
      number++;
      own.put(number);
      proxy.put(number);
      if (own.lands() && proxy.lands()) {
        System.out.println("line " + number + " is put");
      }
      // In between, idle connections to the NameNode are closed; the next one takes a ticket.
      Instant next = Instant.now().plusSeconds(1);
      Await.until("a second is over", LIMIT, () -> Instant.now().isAfter(next));
    }
    Await.until("all lines are put", LIMIT, () -> own.lands() && proxy.lands());
    own.sink().stop();
    proxy.sink().stop();
    System.out.println("lines: " + number);
  }

  private void sayWhatHasLanded() throws Exception {
    for (String name : List.of("own", "proxy")) {
      Set<String> owners = new TreeSet<>();
      List<String> lines = new ArrayList<>();
      asSuperuser(
          files -> {
            for (var file : files.listStatus(new org.apache.hadoop.fs.Path("/landed/" + name))) {
              owners.add(file.getOwner());
              try (var in = files.open(file.getPath())) {
                new String(in.readAllBytes(), UTF_8).lines().forEach(lines::add);
              }
            }
            return true;
          });
      System.out.println("landed: " + name + " " + lines.size() + " lines of " + owners);
    }
  }

  @FunctionalInterface
  private interface Action {
    boolean on(FileSystem files) throws IOException;
  }

  private void asSuperuser(Action action) throws Exception {
    UserGroupInformation user =
        UserGroupInformation.loginUserFromKeytabAndReturnUGI(
            SecuredHdfs.principal(SecuredHdfs.SUPERUSER + "/localhost"), keytab);
    user.doAs(
        (PrivilegedExceptionAction<Boolean>)
            () -> {
              try (FileSystem files = FileSystem.newInstance(new Configuration())) {
                return action.on(files);
              }
            });
  }
}
