package io.flafka.tools.audit;

import io.flafka.spooldir.SpoolRecords;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flafka audit}: asks, prints the answer, and ends with it. */
@Command(
    name = "audit",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
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

  @ArgGroup(multiplicity = "1")
  private Way way = new Way();

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

  /** One of the two. */
  private static final class Way {
    @ArgGroup(exclusive = false, heading = "%nOut of a topic, into HDFS:%n")
    private @Nullable Landing landing;

    @ArgGroup(exclusive = false, heading = "%nOut of a spooling directory, into a topic:%n")
    private @Nullable Spool spool;
  }

  private static final class Landing {
    @Option(names = "--topic", required = true, paramLabel = "TOPIC", description = "the topic")
    private String topic = "";

    @Option(
        names = "--group",
        required = true,
        paramLabel = "GROUP",
        description = "the channel's kafka.consumer.group.id; without one it is flume")
    private String group = "";

    @Option(
        names = "--path",
        required = true,
        paramLabel = "PATH",
        description = "hdfs.path of the sinks, up to its first escape")
    private String path = "";

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
        description = "ledger.topic of the channel, if it is set (${DEFAULT-VALUE})")
    private String ledger = "flafka-ledger";

    @Option(
        names = "--tracker-dir",
        paramLabel = "DIR",
        description = "trackerDir of the source, if it is set (${DEFAULT-VALUE})")
    private String trackers = ".flumespool";

    @Option(
        names = "--completed-suffix",
        paramLabel = "SUFFIX",
        description = "fileSuffix of the source, if it is set (${DEFAULT-VALUE})")
    private String suffix = ".COMPLETED";

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
    Spool spool = way.spool;
    if (spool != null) {
      return new SpoolAuditRun(options(spool), out, err).run();
    }
    return new AuditRun(options(Objects.requireNonNull(way.landing)), out, err).run();
  }

  private Options options(Landing landing) {
    return new Options(
        landing.topic,
        landing.group,
        landing.path,
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
        new SpoolAudit.Question(spool.transactionalId, spool.ledger, since),
        new SpoolRecords(spool.directory, spool.trackers, spool.suffix, spool.recursive),
        servers,
        config,
        json);
  }
}
