package io.flafka.bench;

import io.flafka.testbed.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./bench.sh}: measures our components beside stock Flume's. */
@Command(
    name = "bench",
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Measures Flafka's Kafka channel, spooling directory and HDFS sink beside stock Flume's,"
            + " and beside loops without Flume, on this machine, with a broker and an HDFS of its"
            + " own where they are needed."
            + " The tables go to standard output and to bench/target/bench.md, a chart to"
            + " bench/target/bench.svg, every single figure to bench/target/bench.tsv.",
    footer = {
      "",
      "put: ready events -> Kafka channel.  take: Kafka channel -> null sink.",
      "A subject is called, for example, stock-flume-1000, flafka-raw-10000,",
      "flafka-exactly-once-raw-50000, flafka-defaults-raw-1000 or bare-raw.",
      "",
      "spool: files of web-log lines -> a channel that keeps nothing.",
      "spool-memory: the same -> memory channel -> a sink that only takes.",
      "spool-weblog: as spool, with the time of the line as every event's timestamp.",
      "A subject is called, for example, stock-1000, taildir-1000, flafka-1000, flafka",
      "(without batchSize), bare, stock-regex-1000 or flafka-combined-1000.",
      "",
      "small-files: files of 100 lines that wait -> a channel that keeps nothing.",
      "A subject is called, for example, stock-100000 or flafka-1000, by how many wait.",
      "",
      "land: a topic of web-log lines -> Kafka channel -> HDFS, as text.",
      "land-hourly: the same into 24 directories, by the hour of the event, all at a time.",
      "land-rolls: the same in files of 1,000 lines, so that 24 are rolled over and over.",
      "land-gzip, land-parquet: as land, in these formats.",
      "land-stop: as land-hourly, and how long the stop takes in the midst of it.",
      "The subjects are stock, flafka, flafka-exactly-once; for land also bare, hdfs-put",
      "(hdfs dfs -put of the same lines) and, if it was fetched, flink, exactly once.",
      "",
      "send: files of web-log lines -> a source -> Kafka channel (or sink).",
      "The subjects are stock, stock-sink, taildir, flafka, flafka-exactly-once, bare,",
      "bare-transactions (which commits every 50,000 lines), connect (Kafka Connect's own",
      "connector for files, exactly once), and, if they are installed, kcat and rsyslog.",
      "",
      "whole: files of web-log lines -> a source -> Kafka channel -> HDFS, as text.",
      "whole-hourly: the same into a directory for each hour, by the time of the line.",
      "The subjects are stock, stock-4 or stock-taildir-4 (with four sinks), flafka and",
      "flafka-exactly-once.",
      "",
      "trickle: ten lines a second -> a source -> Kafka channel, and how long each takes.",
      "Its flafka-exactly-once-20 looks at the directory every 20 ms; the files of",
      "flafka-exactly-once-later were written before they are moved in.",
      "trickle-whole: the same as far as a finished file in HDFS.",
      "idle: the agents of whole, when they have nothing to do any more.",
      "heap: the whole way by the configuration that is shipped, in heaps of different sizes.",
      "A subject is called, for example, stock-256 or flafka-exactly-once-64, by its megabytes.",
      "",
      "scale-sinks: land with 1 to 8 partitions, and as many sinks.",
      "scale-buckets: land into 1 to 1,000 directories at a time.",
      "scale-files: spool from 10 to 100,000 files, with the same lines in all.",
      "scale-length: whole with lines of 50 to 10,000 bytes.",
      "A subject is called, for example, stock-8 or flafka-exactly-once-1000, by how many of"
          + " these.",
      "",
      "The lines of the files are written once, to bench/target/run: 6 GB, unless there",
      "are fewer --events."
    })
public final class Bench implements Callable<Integer> {
  /** How long an event's body is. */
  static final int BYTES = 200;

  /** How long an agent may take to stop. */
  static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  static final List<Scenario<?>> ALL =
      List.of(
          new PutScenario(),
          new TakeScenario(),
          SpoolScenario.discarded(),
          SpoolScenario.throughMemory(),
          SpoolScenario.stamped(),
          new SmallFilesScenario(),
          LandScenario.text(),
          LandScenario.hourly(),
          LandScenario.rolls(),
          LandScenario.gzip(),
          LandScenario.parquet(),
          LandScenario.stop(),
          new SendScenario(),
          WholeScenario.text(),
          WholeScenario.hourly(),
          new TrickleScenario(),
          new TrickleWholeScenario(),
          new IdleScenario(),
          new HeapScenario(),
          new LandScaleScenario(LandScale.SINKS),
          new LandScaleScenario(LandScale.BUCKETS),
          new FilesScaleScenario(),
          new LengthScaleScenario());

  private final Clock clock;
  private final Path folder;

  @Spec private CommandSpec spec;

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME",
      description =
          "what to measure, by default all: put, take, spool, spool-memory, spool-weblog,"
              + " small-files, land, land-hourly, land-rolls, land-gzip, land-parquet,"
              + " land-stop, send, whole, whole-hourly, trickle, trickle-whole, idle, heap,"
              + " scale-sinks, scale-buckets, scale-files, scale-length")
  private List<String> names = List.of();

  @Option(
      names = "--subjects",
      paramLabel = "REGEX",
      description = "only subjects that it matches a part of")
  private Pattern wanted = Pattern.compile("");

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "how often each subject runs (${DEFAULT-VALUE})")
  private int rounds = 3;

  @Option(
      names = "--events",
      paramLabel = "N",
      description =
          "events a run (put and take 8,000,000, spool... 30,000,000, small-files 10,000,000,"
              + " land... 2,400,000 to 24,000,000, send and whole... 24,000,000,"
              + " trickle... 750 lines, idle 60 seconds, heap and scale... 8,000,000, scale-files"
              + " 10,000,000)")
  private @Nullable Long events;

  @Option(
      names = "--rest",
      paramLabel = "SECONDS",
      description = "wait so long for the machine to come to rest before a run (${DEFAULT-VALUE})")
  private int rest = 5;

  @Option(
      names = "--jvm",
      split = " ",
      paramLabel = "OPTION",
      description =
          "more options of every subject's JVM (beside -Xms2g -Xmx2g and the collector of"
              + " conf/flume-env.sh): a profiler, for example")
  private List<String> jvm = List.of();

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this text")
  private boolean help;

  /**
   * Has measured nothing yet.
   *
   * @param folder for the results; what the run needs goes to {@code run} in it
   */
  Bench(Clock clock, Path folder) {
    this.clock = clock;
    this.folder = folder;
  }

  /** Runs the command line and exits with its status. */
  public static void main(String[] arguments) {
    Path folder = Home.root().resolve("bench/target");
    Bench bench = new Bench(Clock.system(ZoneId.systemDefault()), folder);
    CommandLine commandLine = new CommandLine(bench);
    commandLine.setExecutionExceptionHandler(
        (failure, command, result) -> {
          command.getErr().println("bench: " + failure.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
    System.exit(commandLine.execute(arguments));
  }

  /** Measures, and returns 1 if any trial failed. */
  @Override
  public Integer call() throws IOException {
    List<Scenario<?>> scenarios = scenarios();
    Machine machine = new Machine();
    Report report = new Report(folder, LocalDate.now(clock) + ": " + machine.describe());
    PrintWriter out = spec.commandLine().getOut();
    try (Rig rig = Rig.start(folder.resolve("run"), jvm)) {
      Turns turns = new Turns(rig, machine, Duration.ofSeconds(rest), spec.commandLine().getErr());
      for (Scenario<?> scenario : scenarios) {
        measure(scenario, turns, report);
      }
    }
    out.print(report.markdown());
    out.flush();
    return report.anyFailed() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
  }

  private <S extends Subject> void measure(Scenario<S> scenario, Turns turns, Report report)
      throws IOException {
    long each = events == null ? scenario.events() : events;
    for (S subject : scenario.subjects()) {
      subject
          .missing()
          .filter(install -> wanted.matcher(subject.name()).find())
          .ifPresent(
              install ->
                  spec.commandLine()
                      .getErr()
                      .printf(
                          "%s %s is left out, since it isn't installed: %s%n",
                          scenario.name(), subject.name(), install));
    }
    turns.take(scenario, subjects(scenario), each, rounds, report::add);
    report.end(scenario, rounds, each);
  }

  private List<Scenario<?>> scenarios() {
    List<String> known = ALL.stream().map(Scenario::name).toList();
    List<String> strangers = new ArrayList<>(names);
    strangers.removeAll(known);
    if (!strangers.isEmpty()) {
      throw wrong("--scenario " + strangers + " is unknown: it takes " + known);
    }
    if (rounds < 1 || (events != null && events < 1)) {
      throw wrong("--rounds and --events take a number of at least 1");
    }
    List<Scenario<?>> chosen =
        ALL.stream()
            .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
            .filter(scenario -> !subjects(scenario).isEmpty())
            .toList();
    if (chosen.isEmpty()) {
      throw wrong("--subjects " + wanted + " matches none of " + all());
    }
    return chosen;
  }

  private <S extends Subject> List<S> subjects(Scenario<S> scenario) {
    return scenario.subjects().stream()
        .filter(subject -> wanted.matcher(subject.name()).find())
        .filter(subject -> subject.missing().isEmpty())
        .toList();
  }

  private static List<String> all() {
    return ALL.stream()
        .flatMap(scenario -> scenario.subjects().stream())
        .map(Subject::name)
        .distinct()
        .toList();
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
