package io.flafka.tools.audit;

import io.flafka.spooldir.SpoolRecords;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
  private static final int UNTRUE = 1;

  @Spec private CommandSpec spec;

  @ArgGroup(exclusive = false, heading = "%nOut of a topic, into HDFS:%n")
  private @Nullable Landing landing;

  @ArgGroup(exclusive = false, heading = "%nOut of a spooling directory, into a topic:%n")
  private @Nullable Spool spool;

  @Option(
      names = "--bootstrap-server",
      required = true,
      paramLabel = "HOST:PORT",
      description = "brokers, as Kafka's own tools take them")
  private String servers = "";

  @Option(
      names = "--command-config",
      paramLabel = "FILE",
      description = "properties of Kafka's clients, such as security.protocol")
  private @Nullable Path config;

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

  private static final class Landing {
    @Option(names = "--topic", paramLabel = "TOPIC", description = "the topic")
    private @Nullable String topic;

    @Option(
        names = "--group",
        paramLabel = "GROUP",
        description = "the channel's kafka.consumer.group.id; without one it is flume")
    private @Nullable String group;

    @Option(
        names = "--path",
        paramLabel = "PATH",
        description = "hdfs.path of the sinks, up to its first escape")
    private @Nullable String path;

    @Option(
        names = "--manifest-dir",
        paramLabel = "PATH",
        description = "hdfs.manifestDir of the sinks, if it is set; by default _flafka in --path")
    private @Nullable String manifests;

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
    @Option(names = "--spool", paramLabel = "DIR", description = "spoolDir of the source")
    private @Nullable Path directory;

    @Option(
        names = "--transactional-id",
        paramLabel = "ID",
        description = "kafka.transactional.id of the channel, which is exactly_once")
    private @Nullable String transactionalId;

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
      String path,
      @Nullable String manifests,
      String servers,
      @Nullable Path config,
      @Nullable String since,
      boolean json,
      boolean deep,
      boolean flumeEvents) {}

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      return isComplete() ? 0 : UNTRUE;
    } catch (AuditException e) {
      err.println("flafka audit: " + e.getMessage());
    } catch (NoClassDefFoundError e) {
      // This class names none of Hadoop's, so that the other commands do without.
      err.println(
          "flafka audit: "
              + e.getMessage()
              + " is missing: it takes Hadoop's client (set HADOOP_HOME, have hadoop in the PATH,"
              + " or unpack plugins-with-hadoop.tar.gz) and Flume's lib (set FLUME_HOME)");
    }
    return UNTRUE;
  }

  private boolean isComplete() throws AuditException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (landing != null && spool == null) {
      return new AuditRun(options(landing), out, err).run();
    }
    if (spool != null && landing == null) {
      return new SpoolAuditRun(options(spool), out, err).run();
    }
    throw wrong(
        (spool == null ? "Say what to audit: " : "One audit at a time: ")
            + "--topic, --group and --path say what has landed, --spool and --transactional-id what"
            + " was sent");
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw wrong("Missing required option: " + name);
    }
    return value;
  }

  private Options options(Landing landing) {
    return new Options(
        required("--topic", landing.topic),
        required("--group", landing.group),
        required("--path", landing.path),
        landing.manifests,
        servers,
        config,
        since == null ? null : since.toString(),
        json,
        landing.deep,
        landing.flumeEvents);
  }

  private SpoolAuditRun.Options options(Spool spool) {
    return new SpoolAuditRun.Options(
        new SpoolAudit.Question(
            required("--transactional-id", spool.transactionalId), spool.ledger, since),
        new SpoolRecords(
            required("--spool", spool.directory), spool.trackers, spool.suffix, spool.recursive),
        servers,
        config,
        json);
  }
}
