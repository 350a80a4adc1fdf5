package io.flafka.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FlafkaCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return FlafkaCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void saysTheVersions() {
    assertThat(run("version")).isZero();
    assertThat(out.toString()).contains("Flafka").contains("Java").contains("kafka-clients");
  }

  @Test
  void explainsItselfWhenAskedForNothing() {
    assertThat(run()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("version").contains("audit").contains("flafka --help");
    assertThat(run("--help")).isZero();
  }

  @Test
  void tellsWhatIsWrongWithACommandLineAndNotAllThatCouldBeRight() {
    assertThat(run("audit", "--tpoic=weblogs", "--bootstrap-server=127.0.0.1:1"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString())
        .startsWith("Unknown option: '--tpoic=weblogs'")
        .contains("See flafka audit --help")
        .hasLineCount(2);
  }

  @Test
  void refusesHalfOfBothWays() {
    assertThat(run("audit", "--spool=/spool", "--group=flume", "--bootstrap-server=127.0.0.1:1"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("One audit at a time");
  }

  @Test
  void refusesAnAuditOfNothing() {
    assertThat(run("audit", "--topic", "weblogs")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("Missing required option: '--bootstrap-server");
    assertThat(run("audit", "--topic", "weblogs", "--bootstrap-server", "127.0.0.1:1"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("Say what to audit");
    assertThat(run("audit", "--bootstrap-server", "127.0.0.1:1"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString())
        .contains("Say what to audit")
        .contains("--group")
        .contains("--spool");
  }

  @Test
  void refusesAnAuditOfHalfASpoolingDirectory() {
    assertThat(run("audit", "--spool", "/spool", "--bootstrap-server", "127.0.0.1:1"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("Missing required options: --transactional-id\n");
  }

  @Test
  void refusesAnAuditOfBothWaysAtOnce() {
    assertThat(
            run(
                "audit",
                "--spool=/spool",
                "--transactional-id=agent1",
                "--topic=weblogs",
                "--group=flume",
                "--path=/weblogs",
                "--bootstrap-server=127.0.0.1:1"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("One audit at a time").contains("--spool", "--group");
  }

  @Test
  void refusesAnAuditOfALandingWithoutItsTopic() {
    assertThat(run("audit", "--group=flume", "--path=/weblogs", "--bootstrap-server=127.0.0.1:1"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("Missing required options: --topic\n");
  }

  @Test
  void saysInOneLineThatTheSpoolingDirectoryIsNotThere() {
    assertThat(
            run(
                "audit",
                "--spool=/no/such/directory",
                "--topic=weblogs",
                "--transactional-id=agent1",
                "--bootstrap-server=127.0.0.1:1"))
        .isEqualTo(1);
    assertThat(err.toString())
        .startsWith("flafka audit: /no/such/directory can't be read")
        .hasLineCount(1);
  }

  @Test
  void explainsTheAudit() {
    assertThat(run("audit", "--help")).isZero();
    assertThat(out.toString()).contains("--bootstrap-server").contains("Exit status");
  }

  @Test
  void saysInOneLineWhatIsWrongWithTheClientsProperties() {
    assertThat(
            run(
                "audit",
                "--topic=weblogs",
                "--group=flume",
                "--path=/weblogs",
                "--bootstrap-server=127.0.0.1:1",
                "--command-config=/no/such/file"))
        .isEqualTo(1);
    assertThat(err.toString())
        .startsWith("flafka audit: --command-config /no/such/file can't be read")
        .hasLineCount(1);
  }
}
