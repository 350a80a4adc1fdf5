package io.flafka.tools.audit;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
  private static final int UNTRUE = 1;

  @Spec private CommandSpec spec;

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
      names = "--manifest-dir",
      paramLabel = "PATH",
      description = "hdfs.manifestDir of the sinks, if it is set; by default _flafka in --path")
  private @Nullable String manifests;

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
    String day = since == null ? null : since.toString();
    Options options =
        new Options(topic, group, path, manifests, servers, config, day, json, deep, flumeEvents);
    try {
      return new AuditRun(options, spec.commandLine().getOut(), err).run() ? 0 : UNTRUE;
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
}
