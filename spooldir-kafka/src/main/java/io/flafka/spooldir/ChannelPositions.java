package io.flafka.spooldir;

import io.flafka.delivery.PositionLedger;
import io.flafka.spooldir.track.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flume.Channel;
import org.apache.flume.ChannelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the source's channels remember of its files.
 *
 * <p>If all of them keep positions, a file goes on at the lowest of their answers, but never before
 * what its tracker says, since that was accepted by all. If one doesn't, the tracker alone counts.
 *
 * <p>For any thread.
 *
 * @param channels all of the source's, required and optional
 */
record ChannelPositions(List<Channel> channels) {
  private static final Logger log = LoggerFactory.getLogger(ChannelPositions.class);

  /** Makes a copy. */
  ChannelPositions {
    channels = List.copyOf(channels);
  }

  /** Whether delivery is exactly once. */
  boolean areKept() {
    return !channels.isEmpty() && ledgers().size() == channels.size();
  }

  private List<PositionLedger> ledgers() {
    List<PositionLedger> ledgers = new ArrayList<>();
    for (Channel channel : channels) {
      if (channel instanceof PositionLedger ledger && ledger.keepsPositions()) {
        ledgers.add(ledger);
      }
    }
    return ledgers;
  }

  /**
   * Where a file that was begun goes on.
   *
   * @throws org.apache.flume.ChannelException if a channel can't tell now
   */
  Tracker resume(Tracker tracker) {
    if (!areKept()) {
      return tracker;
    }
    long lowest = Long.MAX_VALUE;
    for (PositionLedger ledger : ledgers()) {
      OptionalLong committed = ledger.committed(tracker.stream());
      if (committed.isEmpty()) {
        return tracker;
      }
      lowest = Math.min(lowest, committed.getAsLong());
    }
    if (lowest == 0 && tracker.identity().size() == 0) {
      // The one event of an empty file.
      return tracker.finish();
    }
    return lowest > tracker.offset() ? tracker.at(lowest) : tracker;
  }

  /**
   * Says that nothing of a stream will come again.
   *
   * @return whether all channels took that in
   */
  boolean forget(String stream) {
    try {
      for (PositionLedger ledger : ledgers()) {
        ledger.forget(stream);
      }
      return true;
    } catch (ChannelException e) {
      log.debug("stream {} is not forgotten yet", stream, e);
      return false;
    }
  }
}
