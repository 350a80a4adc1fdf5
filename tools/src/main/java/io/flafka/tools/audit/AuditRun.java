package io.flafka.tools.audit;

import io.flafka.hdfs.exactlyonce.LandingRecords;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.login.Login;
import io.flafka.kafka.record.ValueFormat;
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
   * @throws AuditException if that can't be told; its message is for the user
   */
  boolean run() throws AuditException {
    Path base = base();
    try (Brokers brokers =
            new Brokers(options.servers(), ClientConfig.read(options.config()), "--topic");
        HdfsClient hdfs = HdfsClient.open(base, false, Login.OF_PROCESS)) {
      LandingRecords records = new LandingRecords(hdfs, base, Clock.systemUTC());
      Audit.Question question =
          new Audit.Question(options.topic(), options.group(), options.since(), values());
      Report report = new Audit(question, brokers, records, new Progress(err)).run();
      print(report);
      return report.isComplete();
    } catch (AuditException e) {
      throw e;
    } catch (KafkaException e) {
      throw Brokers.failed(options.servers(), Brokers.advice(e), e);
    } catch (IOException | IllegalArgumentException e) {
      // The latter is Hadoop's way to say that it doesn't know a host or a nameservice.
      throw new AuditException(
          base
              + " can't be read: "
              + e.getMessage()
              + ": check --path, that HDFS is up, and that HADOOP_CONF_DIR or hadoop classpath has"
              + " its core-site.xml and hdfs-site.xml",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuditException("interrupted", e);
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
      out.println(JsonReport.of(report));
    } else {
      new TextReport(report, out).print();
    }
  }

  private Path base() throws AuditException {
    try {
      return options.manifests() == null
          ? new Path(options.path(), "_flafka")
          : new Path(options.manifests());
    } catch (IllegalArgumentException e) {
      throw new AuditException("--path takes a directory in HDFS: " + e.getMessage(), e);
    }
  }
}
