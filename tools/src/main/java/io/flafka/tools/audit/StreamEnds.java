package io.flafka.tools.audit;

import io.flafka.kafka.ledger.Entry;
import io.flafka.spooldir.SpoolRecords;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Where the streams of a ledger end that may be a retired file's. */
final class StreamEnds {
  private final TreeMap<Long, Long> counts = new TreeMap<>();
  private final boolean hasLedger;
  private long size;

  /**
   * @param known streams whose files are known
   */
  StreamEnds(Map<String, Entry> ledger, Set<String> known) {
    hasLedger = !ledger.isEmpty();
    ledger.forEach(
        (stream, entry) -> {
          if (SpoolRecords.isStream(stream) && !known.contains(stream)) {
            counts.merge(entry.offset(), 1L, Long::sum);
            size++;
          }
        });
  }

  /** Whether the ledger has anything at all. */
  boolean hasLedger() {
    return hasLedger;
  }

  /** Takes a stream that ends there; false if there is none. */
  boolean take(long end) {
    Long count = counts.get(end);
    if (count == null) {
      return false;
    }
    if (count == 1) {
      counts.remove(end);
    } else {
      counts.put(end, count - 1);
    }
    size--;
    return true;
  }

  /** The last end before an offset; 0 if there is none. */
  long before(long offset) {
    Map.Entry<Long, Long> before = counts.lowerEntry(offset);
    return before == null ? 0 : before.getKey();
  }

  /** How many are left. */
  long size() {
    return size;
  }
}
