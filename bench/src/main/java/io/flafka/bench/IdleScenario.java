package io.flafka.bench;

import io.flafka.testbed.Await;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
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

  /** What is carried first, so that the JIT has compiled what an agent does. */
  private static final long LINES = 1_000_000;

  private static final long FILES = 10;

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
    return time(events).toSeconds();
  }

  @Override
  public Layout<WholeSubject> layout() {
    return LAYOUT;
  }

  @Override
  public String caption(long events) {
    return "A source, the Kafka channel and a sink, which have carried %,d lines and then have nothing"
            .formatted(LINES)
        + " to do: %d s, beginning %d s later"
            .formatted(time(events).toSeconds(), settling(time(events)).toSeconds());
  }

  @Override
  public void prepare(Rig rig, long events) throws IOException {
    rig.topics();
    rig.warehouse();
  }

  @Override
  public Trial start(Rig rig, WholeSubject subject, long events, String id) throws IOException {
    Weblogs input = rig.largeWeblogs(LINES, FILES);
    Flow flow = Flow.create(rig, id);
    input.linkInto(flow.spool().path());
    JavaProcess process = rig.startAgent(id, whole.agent(rig, subject, flow));
    return new Idling(flow, input.lines(), process, time(events));
  }

  @Override
  public void clear(Rig rig, long events) {
    // Every trial has deleted its topic and its folder.
  }

  /** How long is measured. */
  private Duration time(long events) {
    return Duration.ofSeconds(Math.min(events, events()));
  }

  /** How long the JIT is given before, which goes on with what was carried. */
  private static Duration settling(Duration time) {
    return time.multipliedBy(5);
  }

  private record Idling(Flow flow, long lines, JavaProcess process, Duration time)
      implements Trial {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Override
    public Outcome.Measured measure() {
      Offsets offsets = flow.topics().offsets();
      Await.until("all is committed", LIMIT, () -> offsets.committed(flow.id()) >= lines);
      LockSupport.parkNanos(settling(time).toNanos());
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
