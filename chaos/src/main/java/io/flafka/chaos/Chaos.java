package io.flafka.chaos;

import io.flafka.chaos.step.PlantedBug;
import io.flafka.testbed.command.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./chaos.sh}: a whole pipeline, struck again and again. */
@Command(
    name = "chaos",
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Two agents carry web logs from spooling directories through Kafka into HDFS, on this"
            + " machine, with a broker and an HDFS of their own. Meanwhile agents, broker and HDFS"
            + " are killed, paused, stopped, reloaded and filled up. In the end it says how many"
            + " lines are lost, and how many are doubled; with exactly_once, flafka audit is asked,"
            + " too, of both ways.",
    footer = {
      "",
      "The status is 0 if nothing is lost, left over or, with exactly_once, doubled; else 1,",
      "and the folder with all logs and all data is kept."
    })
public final class Chaos implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "how long faults strike (${DEFAULT-VALUE})")
  private double minutes = 5;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "the same seed plans the same faults and the same files; what everybody is doing at that"
              + " moment is chance")
  private @Nullable Long seed;

  @Option(
      names = "--guarantee",
      paramLabel = "NAME",
      description = "exactly_once (the default), at_least_once, or stock for stock Flume's")
  private Pipeline guarantee = Pipeline.EXACTLY_ONCE;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = "which faults: all (the default), agents, kafka, hdfs")
  private Scenario scenario = Scenario.ALL;

  @Option(
      names = "--plant",
      paramLabel = "BUG",
      description =
          "plants a mistake in the agents, which a run with exactly_once must notice:"
              + " ${COMPLETION-CANDIDATES}")
  private @Nullable PlantedBug bug;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "lines a second, on the average (${DEFAULT-VALUE})")
  private int rate = 10_000;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this text")
  private boolean help;

  /** Runs the command line and exits with its status. */
  public static void main(String[] arguments) {
    Charset charset = Charset.defaultCharset();
    System.exit(
        run(
            new PrintWriter(System.out, true, charset),
            new PrintWriter(System.err, true, charset),
            arguments));
  }

  /** Runs the command line, and returns its status. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new Chaos())
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(
            (failure, command, result) -> {
              command.getErr().println("chaos: " + failure.getMessage());
              return CommandLine.ExitCode.SOFTWARE;
            })
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    if (bug != null && guarantee != Pipeline.EXACTLY_ONCE) {
      throw new ParameterException(
          spec.commandLine(), "--plant takes --guarantee " + Pipeline.EXACTLY_ONCE);
    }
    PrintWriter out = spec.commandLine().getOut();
    long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
    Path folder = Files.createTempDirectory("flafka-chaos-");
    Run.Options options =
        new Run.Options(
            guarantee,
            scenario,
            bug,
            chosen,
            Duration.ofMillis(Math.round(minutes * 60_000)),
            rate,
            folder);
    out.printf(
        "seed %d, %s, faults: %s, %s minutes, in %s%n",
        chosen, options.pipeline(), options.scenario(), minutes, folder);
    Verdict verdict = new Run(options, out).go();
    out.println();
    out.println(verdict.table());
    List<String> problems = verdict.problems();
    if (problems.isEmpty()) {
      Folders.delete(folder);
      return CommandLine.ExitCode.OK;
    }
    out.flush();
    problems.forEach(problem -> spec.commandLine().getErr().println("chaos: " + problem));
    spec.commandLine().getErr().println("chaos: seed " + chosen + "; all logs are in " + folder);
    return CommandLine.ExitCode.SOFTWARE;
  }
}
