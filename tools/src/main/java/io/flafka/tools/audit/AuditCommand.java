package io.flafka.tools.audit;

import io.flafka.spooldir.SpoolRecords;
import io.flafka.tools.command.Answer;
import io.flafka.tools.command.ClusterOptions;
import io.flafka.tools.command.LandingOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code flafka audit}: asks, prints the answer, and ends with it. */
@Command(
    name = "audit",
    sortOptions = false,
    usageHelpWidth = 100,
    customSynopsis = {
      "flafka audit --bootstrap-server=HOST:PORT --topic=TOPIC --group=GROUP --path=PATH ...",
      "       flafka audit --bootstrap-server=HOST:PORT --spool=DIR --transactional-id=ID ..."
    },
    description = {
      "",
      "Says whether all has been delivered, once, on one of the two ways: with --topic, --group and"
          + " --path, whether all that a consumer group has committed of a topic has landed in"
          + " HDFS; with --spool and --transactional-id, whether all that was read in a spooling"
          + " directory is in the topic. It changes nothing, and agents may run meanwhile.",
      ""
    },
    footer = {
      "",
      "Out of a topic: the manifests' ranges of offsets must tile up to the group's offset, without"
          + " a gap or an overlap. Ends of transactions and aborted records between them are no"
          + " gaps. Files that were published and are not there any more are told, and count with"
          + " --deep only: they are yours to move, merge and delete.",
      "",
      "Into a topic: the ledger, which is written with the lines, must have come to where each"
          + " retired file ends. What is being read, and what waits, is told.",
      "",
      "Exit status: 0 if nothing is missing; 1 if something is, or if it can't be told; 2 for a"
          + " wrong command line."
    })
public final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "the topic; of the way into it, it only has to be there")
  private String topic = "";

  // Not validated: what is missing depends on which way is asked for.
  @ArgGroup(
      exclusive = false,
      validate = false,
      heading = "%nOut of a topic, into HDFS (with --topic):%n")
  private @Nullable Landing landing;

  @ArgGroup(
      exclusive = false,
      validate = false,
      heading = "%nOut of a spooling directory, into a topic:%n")
  private @Nullable Spool spool;

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--since",
      paramLabel = "DATE",
      description =
          "only what was landed, or retired, from that day on (2026-11-01): of days that are older"
              + " than hdfs.history nothing is kept but each partition's last manifest, and a"
              + " ledger remembers files for seven days")
  private @Nullable LocalDate since;

  @Option(names = "--json", description = "print the answer as JSON")
  private boolean json;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this text")
  private boolean help;

  private static final class Landing extends LandingOptions {
    @Option(
        names = "--group",
        required = true,
        paramLabel = "GROUP",
        description = "the channel's kafka.consumer.group.id; without one it is flume")
    private String group = "";

    @Option(
        names = "--deep",
        description =
            "compare the lines, too: those in the files of each manifest with those in its offsets"
                + " of the topic, which must still have them. Reads text, compressed or not,"
                + " sequence files and Avro events; no Parquet, no serializers of your own")
    private boolean deep;

    @Option(
        names = "--parse-as-flume-event",
        description = "for --deep: the channel has parseAsFlumeEvent = true, which is its default")
    private boolean flumeEvents;
  }

  private static final class Spool {
    @Option(
        names = "--spool",
        required = true,
        paramLabel = "DIR",
        description = "spoolDir of the source")
    private Path directory = Path.of("");

    @Option(
        names = "--transactional-id",
        required = true,
        paramLabel = "ID",
        description = "kafka.transactional.id of the channel, which is exactly_once")
    private String transactionalId = "";

    @Option(
        names = "--ledger-topic",
        paramLabel = "TOPIC",
        defaultValue = "flafka-ledger",
        description = "ledger.topic of the channel, if it is set (${DEFAULT-VALUE})")
    private String ledger = "";

    @Option(
        names = "--tracker-dir",
        paramLabel = "DIR",
        defaultValue = ".flumespool",
        description = "trackerDir of the source, if it is set (${DEFAULT-VALUE})")
    private String trackers = "";

    @Option(
        names = "--completed-suffix",
        paramLabel = "SUFFIX",
        defaultValue = ".COMPLETED",
        description = "fileSuffix of the source, if it is set (${DEFAULT-VALUE})")
    private String suffix = "";

    @Option(names = "--recursive", description = "the source has recursiveDirectorySearch = true")
    private boolean recursive;
  }

  /** The command line of an audit of a landing, read. */
  record Options(
      String topic,
      String group,
      LandingOptions landing,
      ClusterOptions cluster,
      @Nullable String since,
      boolean json,
      boolean deep,
      boolean flumeEvents) {}

  @Override
  public Integer call() throws Exception {
    CommandLine line = spec.commandLine();
    if (landing != null && spool == null) {
      Options options = options(landing);
      return Answer.of(spec, () -> new AuditRun(options, line.getOut(), line.getErr()).run());
    }
    if (spool != null && landing == null) {
      SpoolAuditRun.Options options = options(spool);
      return Answer.of(spec, () -> new SpoolAuditRun(options, line.getOut(), line.getErr()).run());
    }
    throw new ParameterException(
        line,
        (spool == null ? "Say what to audit: " : "One audit at a time: ")
            + "--topic, --group and --path say what has landed, --spool and --transactional-id what"
            + " was sent");
  }

  private Options options(Landing landing) {
    require("--topic", "--group", "--path");
    String day = since == null ? null : since.toString();
    return new Options(
        topic, landing.group, landing, cluster, day, json, landing.deep, landing.flumeEvents);
  }

  private void require(String... names) {
    ParseResult given = spec.commandLine().getParseResult();
    List<String> missing = Stream.of(names).filter(name -> !given.hasMatchedOption(name)).toList();
    if (!missing.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Missing required options: " + String.join(", ", missing));
    }
  }

  private SpoolAuditRun.Options options(Spool spool) {
    require("--spool", "--transactional-id");
    return new SpoolAuditRun.Options(
        new SpoolAudit.Question(spool.transactionalId, spool.ledger, since),
        new SpoolRecords(spool.directory, spool.trackers, spool.suffix, spool.recursive),
        topic.isEmpty() ? null : topic,
        cluster,
        json);
  }
}
