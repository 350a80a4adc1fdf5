package io.flafka.tools.rescue;

import io.flafka.hdfs.exactlyonce.LandingRescue;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.login.Login;
import io.flafka.tools.command.Brokers;
import io.flafka.tools.command.CommandException;
import io.flafka.tools.command.HdfsAccess;
import io.flafka.tools.command.Json;
import io.flafka.tools.command.KafkaOptions;
import io.flafka.tools.command.Progress;
import io.flafka.tools.rescue.Finding.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Connects, has all that was left looked for, and done if it is to be, and prints that. */
final class RescueRun {
  private static final String NAME = "flafka-rescue";

  private final RescueCommand.Options options;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Instant now = Clock.systemUTC().instant();

  /**
   * Connects to nothing yet.
   *
   * @param err is told of the progress
   */
  RescueRun(RescueCommand.Options options, PrintWriter out, PrintWriter err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /**
   * Whether nothing is left.
   *
   * @throws CommandException if that can't be told; its message is for the user
   */
  boolean run() throws CommandException {
    Path root = HdfsAccess.path("--path", options.landing().path());
    Path base = HdfsAccess.path("--manifest-dir", options.landing().manifests());
    KafkaOptions kafka = options.kafka();
    try (HdfsClient hdfs = HdfsClient.open(root, false, Login.OF_PROCESS);
        LandingRescue rescue = new LandingRescue(NAME, hdfs, base, Clock.systemUTC());
        Brokers brokers = kafka == null ? null : kafka.connect()) {
      if (!hdfs.exists(root)) {
        String path = hdfs.qualified(root).toString();
        throw new CommandException(
            "there is no " + path + HdfsAccess.remark(path) + ": check --path");
      }
      InUseFiles files =
          new InUseFiles(
              hdfs, root, options.names(), now.minus(options.olderThan()), new Progress(err));
      return run(hdfs.qualified(root).toString(), files, new DeadLanding(rescue, taken(brokers)));
    } catch (CommandException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw HdfsAccess.failed(root, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
  }

  private DeadLanding.@Nullable Taken taken(@Nullable Brokers brokers) {
    KafkaOptions kafka = options.kafka();
    return brokers == null || kafka == null
        ? null
        : new DeadLanding.Taken(brokers, kafka.group(), kafka.topic());
  }

  private boolean run(String path, InUseFiles files, DeadLanding landing)
      throws IOException, InterruptedException {
    TextReport text = new TextReport(out, path, now);
    List<Finding> findings = new ArrayList<>(files.look());
    List<String> problems = new ArrayList<>();
    attempt(problems, () -> findings.addAll(landing.look()));
    if (!options.json()) {
      text.plan(report(path, findings, List.of(), files, landing, problems));
      if (options.apply()) {
        out.println();
      }
    }
    List<Outcome> outcomes = new ArrayList<>();
    if (options.apply()) {
      Consumer<Outcome> each =
          outcome -> {
            outcomes.add(outcome);
            if (!options.json()) {
              text.outcome(outcome);
            }
          };
      files.apply(each);
      if (problems.isEmpty()) {
        attempt(problems, () -> landing.apply(each));
      }
    }
    Report report = report(path, findings, outcomes, files, landing, problems);
    if (options.json()) {
      out.println(Json.of(report));
    } else {
      text.answer(report);
    }
    return report.isComplete();
  }

  private Report report(
      String path,
      List<Finding> findings,
      List<Outcome> outcomes,
      InUseFiles files,
      DeadLanding landing,
      List<String> problems) {
    return new Report(
        path,
        options.names().toString(),
        options.olderThan().toSeconds(),
        options.apply(),
        List.copyOf(findings),
        List.copyOf(outcomes),
        files.younger(),
        landing.live(),
        List.copyOf(problems));
  }

  /** Looks for or does something, beside which the rest can be done all the same. */
  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException, InterruptedException;
  }

  private static void attempt(List<String> problems, Attempt attempt) throws InterruptedException {
    try {
      attempt.run();
    } catch (IOException | KafkaException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }
}
