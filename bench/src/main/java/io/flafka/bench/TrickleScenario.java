package io.flafka.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A few lines a second, and how long each takes to the topic. */
final class TrickleScenario implements Scenario<TrickleSubject> {
  /** How many lines a second. */
  static final int RATE = 10;

  private static final Layout<TrickleSubject> LAYOUT =
      new Layout<>(
          Layout.Unit.LATENCY,
          List.of("subject"),
          List.of(median()),
          List.of(
              Comparison.ofRates(
                  "faster than stock", (subject, other) -> other.sender() == Sender.STOCK),
              Comparison.ofRates(
                  "faster than taildir", (subject, other) -> other.sender() == Sender.TAILDIR)));

  /** What half of the lines took at most. */
  static <S extends Subject> Column<S> median() {
    return new Column<>("ms for half", "%.1f", (subject, measured) -> measured.medianMillis());
  }

  @Override
  public String name() {
    return "trickle";
  }

  @Override
  public long events() {
    return 75L * RATE;
  }

  @Override
  public List<TrickleSubject> subjects() {
    TrickleSubject exactlyOnce = new TrickleSubject(Sender.EXACTLY_ONCE);
    return List.of(
        new TrickleSubject(Sender.STOCK),
        new TrickleSubject(Sender.TAILDIR),
        new TrickleSubject(Sender.AT_LEAST_ONCE),
        exactlyOnce,
        exactlyOnce.pollDelay(20),
        exactlyOnce.later());
  }

  @Override
  public long share(TrickleSubject subject, long events) {
    return Math.min(events, events());
  }

  @Override
  public Layout<TrickleSubject> layout() {
    return LAYOUT;
  }

  @Override
  public String caption(long events) {
    return "%d lines a second, each a file of its own but for taildir, written and moved in at once,"
            .formatted(RATE)
        + " or moved in later; with pollDelay = 20 where the name says so. Milliseconds from when"
        + " the"
        + " line is there to a consumer of the topic, after a fifth of %d".formatted(events);
  }

  @Override
  public void prepare(Rig rig, long events) throws IOException {
    rig.topics();
  }

  @Override
  public Trial start(Rig rig, TrickleSubject subject, long events, String id) throws IOException {
    rig.topics().createTopic(id);
    Path own = Files.createDirectories(rig.folder(id));
    SpoolFolder spool = SpoolFolder.create(own.resolve("spool"));
    AgentFile agent = SendScenario.agent(rig.topics(), subject.sender(), id, spool.path(), own);
    subject.keys().forEach((key, value) -> agent.with("sources.r1." + key, value));
    return new Trickle(
        rig.startAgent(id, agent),
        new TopicTap(rig.topics(), id),
        spool,
        subject.arrival(),
        (int) share(subject, events));
  }

  @Override
  public void clear(Rig rig, long events) {
    // Every trial has deleted its topic.
  }
}
