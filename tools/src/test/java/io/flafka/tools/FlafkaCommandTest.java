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
    return new CommandLine(new FlafkaCommand())
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
    assertThat(err.toString()).contains("version");
  }

  @Test
  void refusesAnAuditOfNothing() {
    assertThat(run("audit", "--topic", "weblogs")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("--group").contains("--path");
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
