package io.flafka.tools.audit;

import io.flafka.kafka.client.ClientProperties;
import io.flafka.kafka.ledger.Entry;
import io.flafka.kafka.ledger.LedgerTopic;
import io.flafka.spooldir.SpoolRecords;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
  private static final String TOPIC = "--ledger-topic";

  private final Options options;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * The command line, read.
   *
   * @param config of {@code --command-config}; null for none
   */
  record Options(
      SpoolAudit.Question question,
      SpoolRecords records,
      String servers,
      @Nullable Path config,
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
   * @throws AuditException if that can't be told; its message is for the user
   */
  boolean run() throws AuditException {
    SpoolRecords records = options.records();
    try {
      Map<String, String> config = ClientConfig.read(options.config());
      SpoolReport report =
          new SpoolAudit(
                  options.question(),
                  records,
                  () -> ledger(config),
                  InstantSource.system(),
                  new Progress(err))
              .run();
      if (options.json()) {
        out.println(JsonReport.of(report));
      } else {
        new SpoolTextReport(report, out).print();
      }
      return report.isComplete();
    } catch (AuditException e) {
      throw e;
    } catch (SpoolUnavailableException e) {
      throw new AuditException(records.spoolDir() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new AuditException(records.spoolDir() + " can't be read (" + e + "): check --spool", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuditException("interrupted", e);
    }
  }

  /** As a channel reads it when it starts, but that it fences nobody. */
  private Map<String, Entry> ledger(Map<String, String> config)
      throws AuditException, InterruptedException {
    String name = options.question().ledgerTopic();
    try (Brokers brokers = new Brokers(options.servers(), config, TOPIC)) {
      brokers.topic(name);
    }
    ClientProperties client =
        new ClientProperties(config)
            .with(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, options.servers())
            .with(CommonClientConfigs.CLIENT_ID_CONFIG, "flafka-audit");
    try {
      return new LedgerTopic(client, name, 1, Optional.empty())
          .read(options.question().transactionalId())
          .entries();
    } catch (FlumeException e) {
      throw e.getCause() instanceof KafkaException cause
          ? Brokers.failed("can't read the ledger " + name, Brokers.advice(cause, TOPIC), cause)
          : new AuditException(options.servers() + ": " + e.getMessage(), e);
    }
  }
}
