package io.flafka.testbed.command;

import io.flafka.testbed.Agent;
import io.flafka.testbed.Broker;
import io.flafka.testbed.FlumeHome;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.Home;
import io.flafka.testbed.JavaProcess;
import io.flafka.testbed.Tarball;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.fs.FileSystem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./quickstart}: the main job, from nothing, in one command. */
@Command(
    name = "quickstart",
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Sends web logs from a spooling directory through Kafka into HDFS, with a real Flume agent,"
            + " broker and HDFS on this machine, and checks that every line arrived once.")
public final class Quickstart implements Callable<Integer> {
  static final String TOPIC = "weblogs";
  static final int PARTITIONS = 4;
  static final String LANDING = "/loudacre/weblogs_flume";
  private static final String AGENT = "agent1";
  private static final String CONFIGURATION = "conf/spooldir_kafkachannel_hdfs.conf";

  @Option(names = "--lines", paramLabel = "N", description = "lines to generate (${DEFAULT-VALUE})")
  private long lines = 200_000;

  @Option(
      names = "--kill",
      paramLabel = "N",
      description =
          "kill the agent N times on the way, while it reads and while it lands, and start it again"
              + " (${DEFAULT-VALUE})")
  private int kills = 0;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "the same seed makes the same lines, and plans the same kills")
  private long seed = 42;

  @Option(
      names = "--logs",
      arity = "1..*",
      paramLabel = "FILE_OR_DIR",
      description = "send these instead of generated lines")
  private List<Path> logs = List.of();

  @Option(names = "--keep", description = "leave all up at the end, to look around")
  private boolean keep;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this text")
  private boolean help;

  /** Everything that must not outlive this process, unless it is to be kept. */
  private final Leftovers leftovers = new Leftovers();

  /** Runs the command line and exits with its status. */
  public static void main(String[] arguments) {
    Quickstart quickstart = new Quickstart();
    Runtime.getRuntime().addShutdownHook(new Thread(quickstart.leftovers::clear, "clean-up"));
    CommandLine commandLine = new CommandLine(quickstart);
    commandLine.setExecutionExceptionHandler(
        (failure, command, result) -> {
          command.getErr().println("quickstart: " + reasons(failure));
          return CommandLine.ExitCode.SOFTWARE;
        });
    System.exit(commandLine.execute(arguments));
  }

  private static String reasons(@Nullable Throwable failure) {
    StringBuilder reasons = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String reason = String.valueOf(cause.getMessage());
      if (reasons.indexOf(reason) < 0) {
        reasons.append(reasons.isEmpty() ? "" : ": ").append(reason);
      }
    }
    return reasons.toString();
  }

  @Override
  public Integer call() throws Exception {
    if (keep && RunningTestbed.load().isPresent()) {
      throw new IllegalStateException("a testbed is up already: stop it with ./testbed.sh down");
    }
    LogFiles files = logs.isEmpty() ? LogFiles.generated(seed, lines) : LogFiles.copied(logs);
    Path directory = leftovers.add(Files.createTempDirectory("flafka-quickstart-"));
    RunningTestbed testbed = startTestbed(directory);
    createTopic(testbed);
    Path spool = Files.createDirectory(directory.resolve(Run.SPOOL));
    MortalAgent agent = startAgent(testbed, spool);
    if (keep) {
      leftovers.keep();
    }
    Kills plan = new Kills(kills, files.count(), seed);
    try (FileSystem hdfs = testbed.fileSystem();
        Run run = new Run(testbed, hdfs, agent, plan, files, directory)) {
      Result result = run.untilAllLanded(!keep);
      System.out.println(result.table());
      System.out.println("\n$ hdfs dfs -ls " + LANDING);
      System.out.print(testbed.output(Tool.HDFS_DFS, List.of("-ls", LANDING)));
      if (keep) {
        System.out.println(lookAround(spool));
      }
      result.reason().ifPresent(reason -> System.err.println("quickstart: " + reason));
      return result.reason().isPresent() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }
  }

  /** Broker and HDFS at the same time, since each waits most of its start for itself. */
  private RunningTestbed startTestbed(Path directory) throws IOException {
    System.out.println("Starting a Kafka broker and an HDFS ...");
    CompletableFuture<Broker> broker =
        starting(() -> Broker.start(directory.resolve("broker"), lifetime(), Map.of()));
    CompletableFuture<Hdfs> hdfs =
        starting(() -> Hdfs.start(directory.resolve("hdfs"), lifetime()));
    FlumeHome.assemble(directory.resolve("flume")).unpack(Tarball.withHadoop());
    // Both have come up or failed, whichever fails: neither is left to itself.
    CompletableFuture.allOf(broker, hdfs).join();
    if (keep) {
      broker.join().release();
      hdfs.join().release();
    }
    RunningTestbed testbed = RunningTestbed.of(directory, broker.join(), hdfs.join());
    System.out.println("  broker  " + testbed.bootstrapServers());
    System.out.println("  HDFS    " + testbed.hdfsUri());
    return testbed;
  }

  private JavaProcess.Lifetime lifetime() {
    return keep ? JavaProcess.Lifetime.FREE : JavaProcess.Lifetime.LEASHED;
  }

  private <T extends AutoCloseable> CompletableFuture<T> starting(Callable<T> start) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return leftovers.add(start.call());
          } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
          }
        });
  }

  /** Keeps old log lines for ever: retention counts from a record's time, the request's here. */
  private static void createTopic(RunningTestbed testbed) throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            "--create",
            "--topic",
            TOPIC,
            "--partitions",
            String.valueOf(PARTITIONS),
            "--config",
            "retention.ms=-1");
    System.out.println("$ kafka-topics " + String.join(" ", arguments));
    System.out.print(testbed.output(Tool.KAFKA_TOPICS, arguments));
  }

  private MortalAgent startAgent(RunningTestbed testbed, Path spool) throws IOException {
    Path root = Home.root();
    Agent.Spec spec =
        new Agent.Spec(
                testbed.flumeHome(),
                root.resolve("conf"),
                root.resolve(CONFIGURATION),
                AGENT,
                testbed.environment())
            .with("SPOOL_DIR", spool.toString())
            .with("IDLE_SECONDS", "2");
    System.out.println(
        "$ flume-ng agent --conf conf --conf-file " + CONFIGURATION + " --name " + AGENT);
    MortalAgent agent = leftovers.add(new MortalAgent(testbed, spec, lifetime()));
    agent.start();
    return agent;
  }

  private String lookAround(Path spool) {
    return """

    All is up. Look around:
      ./testbed.sh kafka-topics --describe --topic %1$s
      ./testbed.sh kafka-console-consumer --topic %1$s --from-beginning --max-messages 5
      ./testbed.sh kafka-consumer-groups --describe --group flume
      ./testbed.sh hdfs dfs -ls -R %2$s
      ./testbed.sh hdfs dfs -cat '%2$s/*/00/*' 2>/dev/null | head
    Drop more logs (write elsewhere, then move):
      cp access.log %4$s/ && mv %4$s/access.log %3$s/
    Stop it and delete its data:
      ./testbed.sh down\
    """
        .formatted(TOPIC, LANDING, spool, spool.resolveSibling("staging"));
  }
}
