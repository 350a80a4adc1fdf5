package io.flafka.bench;

import java.util.List;
import java.util.Optional;

/** One who sends the lines of files to a topic. */
record SendSubject(Sender sender) implements Subject {
  /** How they are shown. */
  static final Layout<SendSubject> LAYOUT =
      new Layout<>(
          Layout.Unit.EVENT,
          List.of("subject"),
          Column.costs(),
          List.of(
              to(Sender.STOCK),
              to(Sender.TAILDIR),
              to(Sender.RSYSLOG),
              to(Sender.BARE),
              Comparison.ofCpu(
                  "CPU to stock's", (subject, other) -> other.sender == Sender.STOCK)));

  private static Comparison<SendSubject> to(Sender sender) {
    return Comparison.ofRates("to " + sender.label(), (subject, other) -> other.sender == sender);
  }

  @Override
  public String name() {
    return sender.label();
  }

  @Override
  public List<String> cells() {
    return List.of(name());
  }

  @Override
  public Optional<String> missing() {
    return sender.missing();
  }
}
