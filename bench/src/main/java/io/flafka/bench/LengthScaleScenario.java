package io.flafka.bench;

import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.util.List;

/** Files of longer and longer lines, a source, the Kafka channel and a sink, all in one agent. */
final class LengthScaleScenario implements Scenario<ScaleSubject> {
  private static final List<Integer> LENGTHS = List.of(50, 200, 1_000, 10_000);

  /** A run has as many bytes as that many events of this length. */
  private static final int USUAL = 200;

  /** Stock carries one of so many lines of that length, and as many of others if there are. */
  private static final long STOCK_PART = 24;

  private static final long LEAST_FILES = 48;

  private final WholeScenario whole = WholeScenario.text();

  @Override
  public String name() {
    return "scale-length";
  }

  @Override
  public long events() {
    return 8_000_000;
  }

  @Override
  public List<ScaleSubject> subjects() {
    return ScaleSubject.all(
        List.of(Contender.STOCK, Contender.AT_LEAST_ONCE, Contender.EXACTLY_ONCE), LENGTHS);
  }

  @Override
  public long share(ScaleSubject subject, long events) {
    long lines = lines(subject.scale(), events);
    return subject.contender() == Contender.STOCK ? Math.min(lines, most(events)) : lines;
  }

  private static long lines(int length, long events) {
    return Math.max(1, events * USUAL / length);
  }

  private static long most(long events) {
    return Math.max(1, events / STOCK_PART);
  }

  @Override
  public Layout<ScaleSubject> layout() {
    return ScaleSubject.layout(
        "bytes a line",
        LENGTHS.get(0),
        List.of(
            new Column<>(
                "MB/s",
                "%.0f",
                (subject, measured) -> measured.steady().rate() * (subject.scale() + 1) / 1e6)));
  }

  @Override
  public String caption(long events) {
    return "%,d MB a run, but for stock at most %,d lines; measured %s"
        .formatted(events * USUAL / 1_000_000, most(events), Steady.WHEN);
  }

  @Override
  public void prepare(Rig rig, long events) throws IOException {
    whole.prepare(rig, events);
  }

  @Override
  public void prepare(Rig rig, ScaleSubject subject, long events) throws IOException {
    input(rig, subject, events);
  }

  private Weblogs input(Rig rig, ScaleSubject subject, long events) throws IOException {
    return rig.largeWeblogs(lines(subject.scale(), events), LEAST_FILES, subject.scale())
        .first(share(subject, events));
  }

  @Override
  public Trial start(Rig rig, ScaleSubject subject, long events, String id) throws IOException {
    Contender contender = subject.contender();
    Spooler spooler = Spooler.of(contender);
    WholeSubject carrier = new WholeSubject(spooler, contender, 1);
    Weblogs input = input(rig, subject, events);
    Flow flow = Flow.create(rig, id);
    // Stock's limit is 2,048 characters.
    AgentFile agent =
        whole
            .agent(rig, carrier, flow)
            .with("sources.r1.deserializer.maxLineLength", String.valueOf(2 * subject.scale()));
    JavaProcess process = rig.startAgent(id, agent);
    return Carrying.steadily(carrier, flow, process, input);
  }

  @Override
  public void clear(Rig rig, long events) {
    // Every trial has deleted its topic and its folder.
  }
}
