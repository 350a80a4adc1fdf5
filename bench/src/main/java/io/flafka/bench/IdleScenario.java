package io.flafka.bench;

import io.flafka.testbed.Await;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An agent that has nothing to do. */
final class IdleScenario implements Scenario<WholeSubject> {
  private static final Layout<WholeSubject> LAYOUT =
      new Layout<>(
          Layout.Unit.IDLE,
          List.of("subject", "sinks"),
          List.of(
              Comparison.ofRates(
                  "less than stock", (subject, other) -> other.equals(WholeSubject.STOCK))));

  private final WholeScenario whole = WholeScenario.text();

  @Override
  public String name() {
    return "idle";
  }

  /** Here it is seconds. */
  @Override
  public long events() {
    return 60;
  }

  @Override
  public List<WholeSubject> subjects() {
    return whole.subjects();
  }

  @Override
  public long share(WholeSubject subject, long events) {
    return Math.min(events, events());
  }

  @Override
  public Layout<WholeSubject> layout() {
    return LAYOUT;
  }

  @Override
  public String caption(long events) {
    return "A source, the Kafka channel and a sink, which have carried a line and have nothing to"
        + " do, for %d s".formatted(Math.min(events, events()));
  }

  @Override
  public void prepare(Rig rig, long events) throws IOException {
    rig.topics();
    rig.warehouse();
  }

  @Override
  public Trial start(Rig rig, WholeSubject subject, long events, String id) throws IOException {
    Flow flow = Flow.create(rig, id);
    JavaProcess process = rig.startAgent(id, whole.agent(rig, subject, flow));
    Duration time = Duration.ofSeconds(share(subject, events));
    return new Idling(flow, process, time);
  }

  @Override
  public void clear(Rig rig, long events) {
    // Every trial has deleted its topic and its folder.
  }

  private record Idling(Flow flow, JavaProcess process, Duration time) implements Trial {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Files are closed by then, and the JIT has nothing left to do. */
    private static final Duration SETTLING = Duration.ofSeconds(15);

    @Override
    public Outcome.Measured measure() {
      drop();
      Offsets offsets = flow.topics().offsets();
      Await.until("the line is committed", LIMIT, () -> offsets.committed(flow.id()) > 0);
      LockSupport.parkNanos(SETTLING.toNanos());
      Footprint footprint = new Footprint(process);
      long start = System.nanoTime();
      long cpu = footprint.liveCpuNanos();
      while (System.nanoTime() - start < time.toNanos()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
      double share = (double) (footprint.liveCpuNanos() - cpu) / (System.nanoTime() - start);
      // What a process takes is told in steps of 10 ms.
      double least = 0.01 / time.toSeconds();
      return new Outcome.Measured(new Steady(1 / Math.max(least, share), 0), footprint.peakBytes());
    }

    private void drop() {
      try {
        Files.writeString(
            flow.spool().path().resolve("one.log"), "one\n", StandardCharsets.US_ASCII);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void check() {
      process.terminate(Bench.STOP_LIMIT);
    }

    @Override
    public void close() {
      process.terminate(Bench.STOP_LIMIT);
      flow.close();
    }
  }
}
