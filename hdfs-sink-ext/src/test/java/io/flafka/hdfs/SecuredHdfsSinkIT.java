package io.flafka.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.hdfs.login.Keytabs;
import io.flafka.testbed.Await;
import io.flafka.testbed.JavaProcess;
import io.flafka.testbed.Kdc;
import io.flafka.testbed.SecuredHdfs;
import io.flafka.testbed.TestbedExtension;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestbedExtension.class)
@Timeout(120)
class SecuredHdfsSinkIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path folder;

  /**
   * All in one, since it takes as long as a ticket lives: two sinks beside each other as different
   * users, one of them for a third; tickets that expire, and a keytab that is away when they do.
   */
  @Test
  void landsLinesAsTheRightUserForLongerThanATicketLives(SecuredHdfs hdfs) throws Exception {
    Path keytab = folder.resolve("flume.keytab");
    Path away = folder.resolve("away.keytab");
    Files.copy(hdfs.kdc().keytab(), keytab);
    JavaProcess sinks = start(hdfs, keytab);
    try {
      await(sinks, "line 1 is put");
      Files.move(keytab, away);
      await(sinks, "flume@FLAFKA.TEST: the Kerberos ticket can't be renewed");
      // The old ticket opens another connection.
      int lines = said(sinks, "line ").size();
      await(sinks, "line " + (lines + 2) + " is put");
      Files.move(away, keytab);
      await(sinks, "flume@FLAFKA.TEST: the Kerberos ticket is renewed again");
      sinks.succeedWithin(LIMIT);
    } finally {
      sinks.terminate(Duration.ofSeconds(5));
    }

    assertThat(said(sinks, "failed: sink refused: "))
        .satisfiesExactly(
            withoutKeys ->
                assertThat(withoutKeys)
                    .contains("HDFS asks for Kerberos: set hdfs.kerberosPrincipal"),
            proxyUser ->
                assertThat(proxyUser)
                    .contains("flume@FLAFKA.TEST is not allowed to impersonate alice")
                    .contains("hadoop.proxyuser.<user>.hosts"),
            wrongKey ->
                assertThat(wrongKey)
                    .contains("can't log in as flume@FLAFKA.TEST with hdfs.kerberosKeytab = "));
    assertThat(said(sinks, "unmovable: "))
        .singleElement()
        .asString()
        .startsWith("the sink's user may not write to /")
        .contains("user=flume");
    String lines = said(sinks, "lines: ").get(0);
    assertThat(said(sinks, "landed: "))
        .containsExactly(
            "own " + lines + " lines of [flume]", "proxy " + lines + " lines of [alice]");
  }

  private JavaProcess start(SecuredHdfs hdfs, Path keytab) throws IOException {
    List<String> options = new ArrayList<>(hdfs.clientOptions(SecuredSinks.life()));
    options.add("-Dorg.slf4j.simpleLogger.log.io.flafka=info");
    List<Path> classPath = new ArrayList<>();
    classPath.add(
        hdfs.clientConfiguration(
            Map.of(
                // Hadoop takes a new ticket once a minute at most.
                "hadoop.kerberos.min.seconds.before.relogin", "1",
                // Milliseconds; the next call to the NameNode shows the ticket.
                "ipc.client.connection.maxidletime", "200")));
    String own = System.getProperty("surefire.test.class.path");
    Stream.of(Objects.requireNonNull(own).split(File.pathSeparator))
        .map(Path::of)
        .forEach(classPath::add);
    Path wrongKey = Keytabs.write(folder.resolve("wrong.keytab"), Kdc.REALM, SecuredHdfs.FLUME);
    return JavaProcess.start(
        "sinks",
        folder,
        JavaProcess.Lifetime.LEASHED,
        Map.of(),
        JavaProcess.command(
            classPath,
            options,
            SecuredSinks.class.getName(),
            List.of(
                folder.toString(),
                hdfs.kdc().keytab().toString(),
                keytab.toString(),
                wrongKey.toString())));
  }

  private static void await(JavaProcess sinks, String text) {
    try {
      Await.until(
          "'" + text + "' is logged",
          LIMIT,
          () -> !sinks.isAlive() || sinks.logLines().stream().anyMatch(it -> it.contains(text)));
    } catch (IllegalStateException e) {
      throw new IllegalStateException(sinks.lastLines(60), e);
    }
    if (!sinks.isAlive()) {
      throw new IllegalStateException(sinks + " ended early:\n" + sinks.lastLines(60));
    }
  }

  private static List<String> said(JavaProcess sinks, String what) {
    return sinks.logLines().stream()
        .filter(line -> line.startsWith(what))
        .map(line -> line.substring(what.length()))
        .toList();
  }
}
