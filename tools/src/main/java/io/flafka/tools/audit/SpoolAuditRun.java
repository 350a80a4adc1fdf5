package io.flafka.tools.audit;

import io.flafka.kafka.client.ClientProperties;
import io.flafka.kafka.ledger.Entry;
import io.flafka.kafka.ledger.LedgerTopic;
import io.flafka.spooldir.SpoolRecords;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import io.flafka.tools.command.Brokers;
import io.flafka.tools.command.ClusterOptions;
import io.flafka.tools.command.CommandException;
import io.flafka.tools.command.Json;
import io.flafka.tools.command.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Connects to where a ledger is, has it and the spooling directory asked, and prints the answer.
 */
final class SpoolAuditRun {
  private final Options options;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * The command line, read.
   *
   * @param topic that must be on the ledger's cluster; null if nobody named one
   */
  record Options(
      SpoolAudit.Question question,
      SpoolRecords records,
      @Nullable String topic,
      ClusterOptions cluster,
      boolean json) {}

  /**
   * Connects to nothing yet.
   *
   * @param err is told of the progress
   */
  SpoolAuditRun(Options options, PrintWriter out, PrintWriter err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /**
   * Whether all that was read is in the topic.
   *
   * @throws CommandException if that can't be told; its message is for the user
   */
  boolean run() throws CommandException {
    SpoolRecords records = options.records();
    try {
      SpoolReport report =
          new SpoolAudit(
                  options.question(),
                  records,
                  this::ledger,
                  InstantSource.system(),
                  new Progress(err))
              .run();
      if (options.json()) {
        out.println(Json.of(report));
      } else {
        new SpoolTextReport(report, out).print();
      }
      return report.isComplete();
    } catch (CommandException e) {
      throw e;
    } catch (SpoolUnavailableException e) {
      throw new CommandException(records.spoolDir() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandException(
          records.spoolDir() + " can't be read (" + e + "): check --spool", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
  }

  /** As a channel reads it when it starts, but that it fences nobody. */
  private Map<String, Entry> ledger() throws CommandException, InterruptedException {
    String name = options.question().ledgerTopic();
    try (Brokers brokers = options.cluster().connect()) {
      brokers.topic(name);
      if (options.topic() != null) {
        brokers.topic(options.topic());
      }
    }
    ClientProperties client =
        new ClientProperties(options.cluster().properties())
            .with(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, options.cluster().servers())
            .with(CommonClientConfigs.CLIENT_ID_CONFIG, "flafka-audit");
    try {
      return new LedgerTopic(client, name, 1, Optional.empty())
          .read(options.question().transactionalId())
          .entries();
    } catch (FlumeException e) {
      throw e.getCause() instanceof KafkaException cause
          ? Brokers.failed("can't read the ledger " + name, Brokers.advice(cause), cause)
          : new CommandException(options.cluster().servers() + ": " + e.getMessage(), e);
    }
  }
}
