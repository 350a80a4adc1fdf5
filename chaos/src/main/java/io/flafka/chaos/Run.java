package io.flafka.chaos;

import io.flafka.chaos.step.PlantedBug;
import io.flafka.testbed.weblogs.LandedFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.FileSystem;
import org.jspecify.annotations.Nullable;

/** One run, from the first file to the verdict. For one thread. */
final class Run {
  /** So long nothing may move at the end. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Between two faults, on the average. */
  private static final double MEAN_MILLIS = 4_000;

  private final Options options;
  private final PrintWriter out;
  private final LineBook book = new LineBook();
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private final List<String> deaths = new ArrayList<>();
  private long start;

  /**
   * What a run is like.
   *
   * @param bug that the agents shall have
   * @param rate lines a second
   */
  record Options(
      Pipeline pipeline,
      Scenario scenario,
      @Nullable PlantedBug bug,
      long seed,
      Duration time,
      int rate,
      Path folder) {}

  Run(Options options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /** Runs, and says what came of it. */
  Verdict go() throws IOException {
    SplittableRandom random = new SplittableRandom(options.seed());
    String assignor = options.pipeline().assignor(random.nextBoolean());
    PlantedBug bug = options.bug();
    String rules = bug == null ? "" : bug.script();
    try (Stage stage = new Stage(options.pipeline(), assignor, rules, options.folder())) {
      start = System.nanoTime();
      SplittableRandom feeding = random.split();
      Feed feed = new Feed(stage.carriers(), book, feeding, options.rate());
      try (feed) {
        strikeAgain(stage, random);
      }
      Verdict verdict = drain(stage);
      if (bug != null && !hasBeenMade(stage)) {
        throw new IllegalStateException(
            "No agent made the mistake "
                + bug
                + ", so the run tells nothing of it: a longer one may; or see that the classes that"
                + " PlantedBug names have these methods");
      }
      return verdict;
    }
  }

  private static boolean hasBeenMade(Stage stage) throws IOException {
    for (Carrier carrier : stage.carriers()) {
      if (carrier.hasLogged(PlantedBug.MADE)) {
        return true;
      }
    }
    return false;
  }

  private void strikeAgain(Stage stage, SplittableRandom random) throws IOException {
    long end = start + options.time().toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos((long) (-MEAN_MILLIS * 1e6 * Math.log(1 - random.nextDouble())));
      revive(stage);
      Fault fault = possible(options.scenario().any(random), stage);
      SplittableRandom own = random.split();
      say(fault + " ...");
      String story = fault.strike(stage, own);
      say("  over" + (story.isEmpty() ? "" : ": " + story));
      faults.merge(fault, 1, Integer::sum);
    }
    revive(stage);
  }

  /** It, or what comes closest. */
  private Fault possible(Fault fault, Stage stage) {
    // The steps have names in what is exactly once only; others die there by chance.
    if (fault == Fault.AGENT_DIES_AT_A_STEP && options.pipeline() != Pipeline.EXACTLY_ONCE) {
      return Fault.AGENT_KILLED_AT_START;
    }
    return fault == Fault.DISK_FULL && stage.disk().isEmpty() ? Fault.HDFS_FULL : fault;
  }

  /** Starts again who ended by himself, which nobody should. */
  private void revive(Stage stage) throws IOException {
    for (Carrier carrier : stage.carriers()) {
      if (!carrier.isAlive()) {
        String death = carrier.name() + " ended by itself after " + elapsed();
        deaths.add(death);
        say(death + "; its log ends:\n" + carrier.lastLines(20));
        carrier.start();
      }
    }
  }

  /** Until everything has landed, or nothing moves any more. */
  private Verdict drain(Stage stage) throws IOException {
    say("draining");
    // Who takes over clears away what dead ones have left.
    for (Carrier carrier : stage.carriers()) {
      carrier.stop();
      carrier.start();
    }
    try (FileSystem files = stage.hdfs().fileSystem()) {
      LandedFiles landed =
          new LandedFiles(files, new org.apache.hadoop.fs.Path(Stage.LANDING), book::see);
      String before = "";
      long moved = System.nanoTime();
      while (System.nanoTime() - moved < PATIENCE.toNanos()) {
        landed.read();
        long unread = unread(stage);
        int inUse = landed.unfinished(true).size();
        if (book.lost() == 0 && unread == 0 && inUse == 0) {
          break;
        }
        String now = book.lost() + " to come, " + unread + " to be read, " + inUse + " in use";
        if (!now.equals(before)) {
          moved = System.nanoTime();
          before = now;
        }
        LockSupport.parkNanos(LOOK.toNanos());
      }
      revive(stage);
      for (Carrier carrier : stage.carriers()) {
        carrier.stop();
      }
      long lines = landed.read();
      List<String> inUse = landed.unfinished(false).stream().map(Object::toString).toList();
      return new Verdict(
          options.pipeline(),
          faults,
          book.written(),
          lines,
          book.lost(),
          book.doubled(),
          book.foreign(),
          unread(stage),
          inUse,
          landed.unreadable().size(),
          deaths,
          audit(stage));
    }
  }

  private List<String> audit(Stage stage) throws IOException {
    List<String> problems = new ArrayList<>();
    if (options.pipeline() == Pipeline.EXACTLY_ONCE) {
      say("auditing");
      stage.audit().landing().ifPresent(problems::add);
      for (Carrier carrier : stage.carriers()) {
        stage.audit().sent(carrier).ifPresent(problems::add);
      }
    }
    return problems;
  }

  private static long unread(Stage stage) throws IOException {
    long unread = 0;
    for (Carrier carrier : stage.carriers()) {
      unread += carrier.waiting();
    }
    return unread;
  }

  private void say(String what) {
    out.println(elapsed() + "  " + what);
    out.flush();
  }

  private String elapsed() {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    return "%02d:%02d".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
  }
}
