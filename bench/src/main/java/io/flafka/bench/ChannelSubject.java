package io.flafka.bench;

import io.flafka.bench.load.Format;
import java.util.List;
import java.util.Locale;

/**
 * A Kafka channel, or what stands beside it.
 *
 * @param batch events a transaction; 0 where there are no transactions
 */
record ChannelSubject(Contender contender, Format format, int batch) implements Subject {
  /** How puts and takes are shown. */
  static final Layout<ChannelSubject> LAYOUT =
      new Layout<>(
          Layout.Unit.EVENT,
          List.of("subject", "parseAsFlumeEvent", "batch"),
          List.of(
              Comparison.ofRates(
                  "to stock, same batch", (subject, other) -> other.isStockOf(subject)),
              Comparison.ofRates(
                  "to the best stock", (subject, other) -> other.contender() == Contender.STOCK)));

  @Override
  public String name() {
    String name = contender.label() + "-" + format.name().toLowerCase(Locale.ROOT);
    return batch == 0 ? name : name + "-" + batch;
  }

  @Override
  public List<String> cells() {
    return List.of(
        contender.label(),
        String.valueOf(parsesAsFlumeEvent()),
        batch == 0 ? "-" : "%,d".formatted(batch));
  }

  boolean parsesAsFlumeEvent() {
    return format == Format.FLUME;
  }

  /** Whether this is stock doing just what the other does. */
  private boolean isStockOf(ChannelSubject other) {
    return contender == Contender.STOCK && format == other.format && batch == other.batch;
  }

  /** What stands above the table of any scenario of such subjects. */
  static String caption(long events) {
    return "%,d events of %d bytes a run, measured ".formatted(events, Bench.BYTES) + Steady.WHEN;
  }
}
