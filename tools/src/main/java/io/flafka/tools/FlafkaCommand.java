package io.flafka.tools;

import io.flafka.tools.audit.AuditCommand;
import io.flafka.tools.rescue.RescueCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code flafka}: what the suite can say about itself, and about what it delivered. */
@Command(
    name = "flafka",
    description = "The command of the Flafka plugin suite for Apache Flume.",
    subcommands = {AuditCommand.class, RescueCommand.class})
public final class FlafkaCommand implements Runnable {
  private static final String KAFKA_VERSION = "/kafka/kafka-version.properties";

  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this text")
  private boolean help;

  /** Runs a command line and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command as it is run, which tells what is wrong with a command line, and no more. */
  static CommandLine commandLine() {
    return new CommandLine(new FlafkaCommand())
        .setParameterExceptionHandler(
            (wrong, arguments) -> {
              CommandLine command = wrong.getCommandLine();
              PrintWriter err = command.getErr();
              err.println(wrong.getMessage());
              UnmatchedArgumentException.printSuggestions(wrong, err);
              err.println(
                  "See " + command.getCommandSpec().qualifiedName() + " --help for the options");
              return CommandLine.ExitCode.USAGE;
            });
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: " + String.join(", ", spec.subcommands().keySet()));
  }

  @Command(description = "Say which versions are installed; a bug report wants them.")
  void version() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Flafka        " + orUnknown(getClass().getPackage().getImplementationVersion()));
    out.println("kafka-clients " + kafkaVersion());
    out.println(
        "Java          "
            + System.getProperty("java.version")
            + " "
            + System.getProperty("java.home"));
  }

  /** What Kafka's own clients report, from the file in which they keep it. */
  private static String kafkaVersion() throws IOException {
    try (InputStream in = FlafkaCommand.class.getResourceAsStream(KAFKA_VERSION)) {
      if (in == null) {
        return "not found: unpack the tarball again, lib and isolated together";
      }
      Properties properties = new Properties();
      properties.load(in);
      return orUnknown(properties.getProperty("version"));
    }
  }

  private static String orUnknown(@Nullable String version) {
    return version == null ? "(unknown)" : version;
  }
}
