package io.flafka.kafka.produce;

import io.flafka.delivery.Position;
import io.flafka.delivery.PositionLedger;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells which events a ledger has already. It asks once for each run of events of a stream, so it
 * lives no longer than a transaction. For one thread.
 */
final class LedgerCheck {
  private static final long NOTHING = -1;

  private final PositionLedger ledger;
  private final Map<String, Long> seen = new HashMap<>();
  private String stream = "";
  private long committed = NOTHING;

  LedgerCheck(PositionLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * Whether what ends there is not committed yet.
   *
   * @throws org.apache.flume.ChannelException if that can't be known now
   */
  boolean isNew(Position position) {
    if (!position.stream().equals(stream)) {
      committed = ledger.committed(position.stream()).orElse(NOTHING);
      stream = position.stream();
      seen.merge(stream, committed, Math::min);
    }
    return position.offset() > committed;
  }

  /** How far the ledger had come, by stream, when it was asked. */
  Map<String, Long> seen() {
    return seen;
  }
}
