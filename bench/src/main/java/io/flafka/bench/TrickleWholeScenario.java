package io.flafka.bench;

import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.util.List;

/** A few lines a second, and how long each takes until it is in a finished file in HDFS. */
final class TrickleWholeScenario implements Scenario<WholeSubject> {
  /** The sink's {@code hdfs.rollInterval}, in seconds. */
  private static final int ROLL = 1;

  private static final Layout<WholeSubject> LAYOUT =
      new Layout<>(
          Layout.Unit.LATENCY,
          List.of("subject", "sinks"),
          List.of(TrickleScenario.median()),
          List.of(
              Comparison.ofRates(
                  "faster than stock", (subject, other) -> other.equals(WholeSubject.STOCK))));

  private final WholeScenario whole = WholeScenario.text();
  private final TrickleScenario trickle = new TrickleScenario();

  @Override
  public String name() {
    return "trickle-whole";
  }

  @Override
  public long events() {
    return trickle.events();
  }

  @Override
  public List<WholeSubject> subjects() {
    return whole.subjects().stream().filter(subject -> subject.sinks() == 1).toList();
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
    return "%d lines a second, each a file of its own, through one agent with hdfs.rollInterval = %d;"
            .formatted(TrickleScenario.RATE, ROLL)
        + " milliseconds from the line to a reader who finds it in a finished file in HDFS, after a"
        + " fifth of %d".formatted(events);
  }

  @Override
  public void prepare(Rig rig, long events) throws IOException {
    rig.topics();
    rig.warehouse();
  }

  @Override
  public Trial start(Rig rig, WholeSubject subject, long events, String id) throws IOException {
    Flow flow = Flow.create(rig, id);
    // What is for pace elsewhere would have each line wait for half a second for others.
    AgentFile agent =
        whole
            .agent(rig, subject, flow)
            .with("channels.c1.kafka.consumer.fetch.min.bytes", "1")
            .with("sinks.k1.hdfs.rollInterval", String.valueOf(ROLL));
    JavaProcess process = rig.startAgent(id, agent);
    return new Trickle(
        process,
        new LandedTap(flow),
        flow.spool(),
        TrickleSubject.Arrival.AT_ONCE,
        (int) share(subject, events));
  }

  @Override
  public void clear(Rig rig, long events) {
    // Every trial has deleted its topic and its folder.
  }
}
