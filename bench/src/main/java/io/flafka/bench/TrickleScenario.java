package io.flafka.bench;

import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A few lines a second, and how long each takes to the topic. */
final class TrickleScenario implements Scenario<SendSubject> {
  /** How many lines a second. */
  static final int RATE = 10;

  private static final Layout<SendSubject> LAYOUT =
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
  public List<SendSubject> subjects() {
    return Stream.of(
            Sender.STOCK, Sender.TAILDIR, Sender.AT_LEAST_ONCE, Sender.EXACTLY_ONCE, Sender.EAGER)
        .map(SendSubject::new)
        .toList();
  }

  @Override
  public long share(SendSubject subject, long events) {
    return Math.min(events, events());
  }

  @Override
  public Layout<SendSubject> layout() {
    return LAYOUT;
  }

  @Override
  public String caption(long events) {
    return "%d lines a second, each a file of its own but for taildir; milliseconds from the line"
            .formatted(RATE)
        + " to a consumer of the topic, after a fifth of %d".formatted(events);
  }

  @Override
  public void prepare(Rig rig, long events) throws IOException {
    rig.topics();
  }

  @Override
  public Trial start(Rig rig, SendSubject subject, long events, String id) throws IOException {
    rig.topics().createTopic(id);
    Path own = Files.createDirectories(rig.folder(id));
    SpoolFolder spool = SpoolFolder.create(own.resolve("spool"));
    Sender sender = subject.sender();
    JavaProcess process =
        rig.startAgent(id, SendScenario.agent(rig.topics(), sender, id, spool.path(), own));
    return new Trickle(
        process,
        new TopicTap(rig.topics(), id),
        spool,
        sender == Sender.TAILDIR,
        (int) share(subject, events));
  }

  @Override
  public void clear(Rig rig, long events) {
    // Every trial has deleted its topic.
  }
}
