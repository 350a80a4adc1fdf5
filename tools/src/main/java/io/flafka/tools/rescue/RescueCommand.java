package io.flafka.tools.rescue;

import io.flafka.tools.command.Answer;
import io.flafka.tools.command.KafkaOptions;
import io.flafka.tools.command.LandingOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code flafka rescue}: says what dead sinks left, and finishes it if it is told to. */
@Command(
    name = "rescue",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Lists what dead sinks left in HDFS, stock Flume's too, and what is to be done with it; with"
          + " --apply it does it. For agents that won't come back: those that are started again do"
          + " it by themselves.",
      ""
    },
    footer = {
      "",
      "Files in use (.tmp) get their final names as they are, and empty ones are deleted. Nothing"
          + " is ever overwritten, and a file whose writer lives is left. What was to be exactly"
          + " once is finished as the next sink would, while the group has no member: what is"
          + " committed is published, what isn't is deleted and comes again.",
      "",
      "Exit status: 0 if nothing is left to be done; 1 if something is, or if it can't be told; 2"
          + " for a wrong command line."
    })
public final class RescueCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private LandingOptions landing = new LandingOptions();

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      defaultValue = "60m",
      converter = Age.class,
      description =
          "of files in use only those that have not changed for so long (90s, 60m, 12h, 7d), and"
              + " if they are open, were created before; by default ${DEFAULT-VALUE}")
  private Duration olderThan = Duration.ZERO;

  @Option(
      names = "--in-use-suffix",
      paramLabel = "SUFFIX",
      defaultValue = ".tmp",
      description = "hdfs.inUseSuffix of the sinks; by default ${DEFAULT-VALUE}")
  private String suffix = "";

  @Option(
      names = "--in-use-prefix",
      paramLabel = "PREFIX",
      defaultValue = "",
      description = "hdfs.inUsePrefix of the sinks, if it is set")
  private String prefix = "";

  @ArgGroup(exclusive = false, multiplicity = "0..1")
  private @Nullable KafkaOptions kafka;

  @Option(names = "--json", description = "print the answer as JSON")
  private boolean json;

  @Option(names = "--apply", description = "do it; without this nothing at all is changed")
  private boolean apply;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this text")
  private boolean help;

  /** The command line, read. */
  record Options(
      LandingOptions landing,
      Duration olderThan,
      InUseNames names,
      @Nullable KafkaOptions kafka,
      boolean json,
      boolean apply) {}

  @Override
  public Integer call() throws Exception {
    CommandLine line = spec.commandLine();
    if (prefix.isEmpty() && suffix.isEmpty()) {
      throw new ParameterException(
          line, "--in-use-suffix and --in-use-prefix can't both be empty: every file would match");
    }
    Options options =
        new Options(landing, olderThan, new InUseNames(prefix, suffix), kafka, json, apply);
    return Answer.of(spec, () -> new RescueRun(options, line.getOut(), line.getErr()).run());
  }
}
