package io.flafka.kafka.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * How far each stream of one transactional id has been committed, and who wrote that. In memory, as
 * it was read from the ledger topic and as committed transactions have advanced it since. Any
 * thread may ask; one at a time changes it.
 *
 * <p>Changes are drawn up as records first, and applied when their transaction is committed.
 */
public final class Ledger {
  /** How long an ended stream is known. A paused agent must find it when it wakes up. */
  public static final Duration REMEMBERED = Duration.ofDays(7);

  private final LedgerFormat format;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private volatile @Nullable Owner owner;

  Ledger(LedgerFormat format) {
    this.format = format;
  }

  /** The highest offset committed; empty if nothing of the stream ever was. */
  public OptionalLong committed(String stream) {
    Entry entry = entries.get(stream);
    return entry == null ? OptionalLong.empty() : OptionalLong.of(entry.offset());
  }

  /** What it says of each stream, ended ones included, at this moment. */
  public Map<String, Entry> entries() {
    return Map.copyOf(entries);
  }

  /** Who committed last; null if nobody ever did. */
  public @Nullable Owner owner() {
    return owner;
  }

  /** How many streams it knows, ended ones included. */
  public int size() {
    return entries.size();
  }

  /** Draws up what a transaction changes. */
  public Change change() {
    return new Change();
  }

  /**
   * Takes over a record of the ledger topic; the last one of a key counts. Offsets of a stream only
   * grow, which tells the last one even where the topic got more partitions meanwhile.
   */
  void read(ConsumerRecord<byte[], byte[]> record) {
    if (!format.isOwn(record)) {
      return;
    }
    String stream = format.stream(record);
    if (stream == null) {
      readOwner(record);
    } else if (record.value() == null) {
      entries.remove(stream);
    } else {
      entries.merge(
          stream, format.entry(record), (old, now) -> now.offset() < old.offset() ? old : now);
    }
  }

  private void readOwner(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null) {
      owner = format.owner(record);
    }
  }

  /** What one transaction writes to the ledger topic. */
  public final class Change {
    private final Map<String, @Nullable Entry> changed = new HashMap<>();
    private @Nullable Owner by;

    private Change() {}

    public Change by(Owner owner) {
      by = owner;
      return this;
    }

    /** How far a stream has come, with this; -1 if nothing of it ever was. */
    public long committed(String stream) {
      Entry entry = changed.getOrDefault(stream, entries.get(stream));
      return entry == null ? -1 : entry.offset();
    }

    /** A stream has come so far. */
    public Change advance(String stream, long offset) {
      Entry before = changed.getOrDefault(stream, entries.get(stream));
      if (before == null || offset > before.offset()) {
        changed.put(stream, new Entry.Open(offset));
      }
      return this;
    }

    /** A stream has ended; without effect on one that is unknown, or has ended already. */
    public Change end(String stream, long time) {
      Entry before = changed.getOrDefault(stream, entries.get(stream));
      if (before instanceof Entry.Open) {
        changed.put(stream, new Entry.Done(before.offset(), time));
      }
      return this;
    }

    /** Streams that ended before a time are forgotten for good. */
    public Change forgetDoneBefore(long time) {
      entries.forEach(
          (stream, entry) -> {
            if (entry instanceof Entry.Done done && done.time() < time) {
              changed.put(stream, null);
            }
          });
      return this;
    }

    public List<ProducerRecord<byte[], byte[]>> records() {
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      changed.forEach(
          (stream, entry) ->
              records.add(entry == null ? format.tombstone(stream) : format.entry(stream, entry)));
      if (by != null) {
        records.add(format.owner(by));
      }
      return records;
    }

    /** Its transaction is committed. */
    public void apply() {
      changed.forEach(
          (stream, entry) -> {
            if (entry == null) {
              entries.remove(stream);
            } else {
              entries.put(stream, entry);
            }
          });
      if (by != null) {
        owner = by;
      }
    }
  }
}
