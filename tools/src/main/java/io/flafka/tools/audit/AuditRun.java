package io.flafka.tools.audit;

import io.flafka.hdfs.exactlyonce.LandingRecords;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.login.Login;
import io.flafka.kafka.record.ValueFormat;
import io.flafka.tools.command.Brokers;
import io.flafka.tools.command.CommandException;
import io.flafka.tools.command.HdfsAccess;
import io.flafka.tools.command.Json;
import io.flafka.tools.command.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Connects to where the witnesses are, has them asked, and prints the answer. */
final class AuditRun {
  private final AuditCommand.Options options;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * Connects to nothing yet.
   *
   * @param err is told of the progress
   */
  AuditRun(AuditCommand.Options options, PrintWriter out, PrintWriter err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /**
   * Whether all has landed once.
   *
   * @throws CommandException if that can't be told; its message is for the user
   */
  boolean run() throws CommandException {
    Path base = HdfsAccess.path("--path", options.landing().manifests());
    try (Brokers brokers = options.cluster().connect();
        HdfsClient hdfs = HdfsClient.open(base, false, Login.OF_PROCESS)) {
      LandingRecords records = new LandingRecords(hdfs, base, Clock.systemUTC());
      Audit.Question question =
          new Audit.Question(options.topic(), options.group(), options.since(), values());
      Report report = new Audit(question, brokers, records, new Progress(err)).run();
      print(report);
      return report.isComplete();
    } catch (CommandException e) {
      throw e;
    } catch (KafkaException e) {
      throw Brokers.failed(options.cluster().servers(), Brokers.advice(e), e);
    } catch (IOException | IllegalArgumentException e) {
      throw HdfsAccess.failed(base, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
  }

  private @Nullable ValueFormat values() {
    if (!options.deep()) {
      return null;
    }
    return options.flumeEvents() ? ValueFormat.FLUME_EVENT : ValueFormat.RAW;
  }

  private void print(Report report) {
    if (options.json()) {
      out.println(Json.of(report));
    } else {
      new TextReport(report, out).print();
    }
  }
}
