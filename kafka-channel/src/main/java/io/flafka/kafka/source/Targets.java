package io.flafka.kafka.source;

import io.flafka.delivery.PositionLedger;
import java.util.List;
import org.apache.flume.Channel;
import org.apache.flume.conf.TransactionCapacitySupported;

/** The channels that a source feeds. */
record Targets(List<Channel> channels) {
  /** Whether any of them ignores what it has already. */
  boolean keepPositions() {
    return channels.stream()
        .anyMatch(channel -> channel instanceof PositionLedger ledger && ledger.keepsPositions());
  }

  /** Whether none of them limits transactions. */
  boolean areUnbounded() {
    return channels.stream().noneMatch(TransactionCapacitySupported.class::isInstance);
  }

  boolean areMany() {
    return channels.size() > 1;
  }
}
