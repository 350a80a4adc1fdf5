package io.flafka.tools.audit;

import io.flafka.tools.command.Answer;
import io.flafka.tools.command.KafkaOptions;
import io.flafka.tools.command.LandingOptions;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flafka audit}: asks, prints the answer, and ends with it. */
@Command(
    name = "audit",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Says whether all that a consumer group has committed of a topic has landed in HDFS, once: by"
          + " the manifests of the sinks that deliver exactly once, the group's offsets and the"
          + " topic. It changes nothing, and agents may run meanwhile.",
      ""
    },
    footer = {
      "",
      "The manifests' ranges of offsets must tile up to the group's offset, without a gap or an"
          + " overlap. Ends of transactions and aborted records between them are no gaps. Files"
          + " that were published and are not there any more are told, and count with --deep only:"
          + " they are yours to move, merge and delete.",
      "",
      "Exit status: 0 if all has landed once; 1 if not, or if it can't be told; 2 for a wrong"
          + " command line."
    })
public final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private LandingOptions landing = new LandingOptions();

  @ArgGroup(exclusive = false, multiplicity = "1")
  private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--since",
      paramLabel = "DATE",
      description =
          "only what was landed from that day on (2026-11-01): of days that are older than"
              + " hdfs.history nothing is kept but each partition's last manifest")
  private @Nullable LocalDate since;

  @Option(names = "--json", description = "print the answer as JSON")
  private boolean json;

  @Option(
      names = "--deep",
      description =
          "compare the lines, too: those in the files of each manifest with those in its offsets of"
              + " the topic, which must still have them. Reads text, compressed or not, sequence"
              + " files and Avro events; no Parquet, no serializers of your own")
  private boolean deep;

  @Option(
      names = "--parse-as-flume-event",
      description = "for --deep: the channel has parseAsFlumeEvent = true, which is its default")
  private boolean flumeEvents;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this text")
  private boolean help;

  /** The command line, read. */
  record Options(
      LandingOptions landing,
      KafkaOptions kafka,
      @Nullable String since,
      boolean json,
      boolean deep,
      boolean flumeEvents) {}

  @Override
  public Integer call() throws Exception {
    String day = since == null ? null : since.toString();
    Options options = new Options(landing, kafka, day, json, deep, flumeEvents);
    CommandLine line = spec.commandLine();
    return Answer.of(spec, () -> new AuditRun(options, line.getOut(), line.getErr()).run());
  }
}
