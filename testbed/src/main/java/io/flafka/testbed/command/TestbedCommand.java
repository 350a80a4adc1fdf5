package io.flafka.testbed.command;

import io.flafka.testbed.Broker;
import io.flafka.testbed.FlumeHome;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.JavaProcess;
import io.flafka.testbed.Tarball;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./testbed.sh}: a broker, an HDFS and Flume agents for people who want to play. */
@Command(
    name = "testbed",
    sortOptions = false,
    description = "A real Kafka broker, a real HDFS and real Flume agents on this machine.",
    footer = {
      "",
      "Tools of Kafka and Hadoop, run from their own jars against the testbed:",
      "  kafka-topics ...  kafka-configs ...  kafka-console-consumer ...",
      "  kafka-console-producer ...  kafka-consumer-groups ...",
      "  hdfs dfs ...  hdfs dfsadmin ...  hdfs fsck ...",
      "",
      "The plugin's own command; --bootstrap-server is added where it is wanted:",
      "  flafka audit --topic weblogs --group flume --path /loudacre/weblogs_flume",
      "",
      "Flume, with the plugin installed; KAFKA_BOOTSTRAP_SERVERS and HDFS_URI are set:",
      "  flume-ng agent --conf conf --conf-file conf/spooldir_hdfs.conf --name agent1"
    })
public final class TestbedCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this text")
  private boolean help;

  /** Runs a command line and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    CommandLine commands = new CommandLine(new TestbedCommand());
    Optional<Tool> tool = Tool.named(arguments);
    try {
      if (tool.isPresent()) {
        return running().run(tool.get(), tool.get().arguments(arguments));
      }
      if (!arguments.isEmpty() && arguments.get(0).equals("flume-ng")) {
        return flume(running(), arguments.subList(1, arguments.size()));
      }
      if (!arguments.isEmpty() && arguments.get(0).equals("flafka")) {
        return running().flafka(arguments.subList(1, arguments.size()));
      }
    } catch (IOException | IllegalStateException e) {
      commands.getErr().println("testbed: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CommandLine.ExitCode.SOFTWARE;
    }
    return commands.execute(arguments.toArray(String[]::new));
  }

  private static RunningTestbed running() throws IOException {
    return RunningTestbed.load()
        .orElseThrow(() -> new IllegalStateException("nothing is up: ./testbed.sh up starts it"));
  }

  private static int flume(RunningTestbed testbed, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(testbed.flumeHome().directory().resolve("bin/flume-ng").toString());
    command.addAll(arguments);
    command.add("-Dflafka.home=" + testbed.directory().resolve("home"));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    JavaProcess.cleanEnvironment(builder.environment());
    builder.environment().putAll(testbed.environment());
    String topic = System.getenv("KAFKA_TOPIC");
    if (topic != null) {
      // It is for conf/, and tells of no installation.
      builder.environment().put("KAFKA_TOPIC", topic);
    }
    Process agent = builder.start();
    // Whatever ends this ends the agent, and so does ./testbed.sh down.
    Runtime.getRuntime().addShutdownHook(new Thread(agent::destroy, "end of the agent"));
    testbed.with("flume-ng-" + agent.pid(), agent.pid()).save();
    return agent.waitFor();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do");
  }

  @Command(description = "Start a broker and an HDFS, and install the plugin into a Flume home.")
  void up() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (RunningTestbed.load().isPresent()) {
      out.println("It is up already; ./testbed.sh status says where.");
      return;
    }
    out.println("Starting a Kafka broker and an HDFS ...");
    out.flush();
    Leftovers leftovers = new Leftovers();
    Runtime.getRuntime().addShutdownHook(new Thread(leftovers::clear, "clean-up"));
    Path directory = leftovers.add(Files.createTempDirectory("flafka-testbed-"));
    RunningTestbed testbed = start(directory, leftovers);
    testbed.save();
    leftovers.keep();
    describe(testbed, out);
  }

  /** Starts all parts in a folder, to outlive this process once they are kept. */
  private static RunningTestbed start(Path directory, Leftovers leftovers) throws IOException {
    FlumeHome.assemble(directory.resolve("flume")).unpack(Tarball.withHadoop());
    Broker broker =
        leftovers.add(
            Broker.start(directory.resolve("broker"), JavaProcess.Lifetime.FREE, Map.of()));
    Hdfs hdfs = leftovers.add(Hdfs.start(directory.resolve("hdfs"), JavaProcess.Lifetime.FREE));
    broker.release();
    hdfs.release();
    return RunningTestbed.of(directory, broker, hdfs);
  }

  @Command(description = "Stop what `up` or `quickstart --keep` started, and delete its data.")
  void down() throws IOException {
    Optional<RunningTestbed> testbed = RunningTestbed.load();
    if (testbed.isPresent()) {
      testbed.get().stop();
    }
    spec.commandLine().getOut().println(testbed.isPresent() ? "It is down." : "Nothing is up.");
  }

  @Command(description = "Say what runs, and where.")
  void status() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Optional<RunningTestbed> testbed = RunningTestbed.load();
    testbed.ifPresentOrElse(
        running -> describe(running, out),
        () -> out.println("Nothing is up; ./testbed.sh up starts it."));
  }

  private static void describe(RunningTestbed testbed, PrintWriter out) {
    out.println("broker     " + testbed.bootstrapServers());
    out.println("hdfs       " + testbed.hdfsUri());
    out.println("flume      " + testbed.flumeHome().directory());
    out.println("logs, data " + testbed.directory());
    testbed.processes().forEach((name, pid) -> out.println("process    " + pid + " " + name));
  }
}
