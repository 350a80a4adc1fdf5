package io.flafka.bench;

import java.util.List;

/**
 * An agent that carries files' lines all the way.
 *
 * @param sinks how many
 */
record WholeSubject(Spooler spooler, Contender contender, int sinks) implements Subject {
  static final WholeSubject STOCK = new WholeSubject(Spooler.STOCK, Contender.STOCK, 1);

  /** How they are shown. */
  static final Layout<WholeSubject> LAYOUT =
      new Layout<>(
          Layout.Unit.EVENT,
          List.of("subject", "sinks"),
          Column.costs(),
          List.of(
              Comparison.ofRates("to stock", (subject, other) -> other.equals(STOCK)),
              Comparison.ofRates("to the best stock", (subject, other) -> other.isStock()),
              Comparison.ofCpu("CPU to stock's", (subject, other) -> other.equals(STOCK))));

  boolean isStock() {
    return contender == Contender.STOCK;
  }

  private String label() {
    return spooler == Spooler.TAILDIR ? "stock-taildir" : contender.label();
  }

  @Override
  public String name() {
    return sinks == 1 ? label() : label() + "-" + sinks;
  }

  @Override
  public List<String> cells() {
    return List.of(label(), String.valueOf(sinks));
  }
}
