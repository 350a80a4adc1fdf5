package io.flafka.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ChaosTest {
  private final StringWriter said = new StringWriter();

  private int run(String... arguments) {
    PrintWriter out = new PrintWriter(said);
    return Chaos.run(out, out, arguments);
  }

  @Test
  void saysWhichGuaranteesAndScenariosThereAre() {
    assertThat(run("--guarantee", "twice")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run("--scenario", "network")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(said.toString())
        .contains("at_least_once", "but was 'twice'")
        .contains("kafka", "but was 'network'");
  }

  @Test
  void plantsMistakesOnlyWhereTheyWouldBeOne() {
    assertThat(run("--plant", "rename_result_dropped", "--guarantee", "stock"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(said.toString()).contains("--plant takes --guarantee exactly_once");
  }
}
