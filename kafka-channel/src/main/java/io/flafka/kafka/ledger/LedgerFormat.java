package io.flafka.kafka.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of a ledger topic, as text, so that Kafka's own console consumer shows them.
 *
 * <pre>
 * key                            value
 *
 * ID                             flafka:1:owner:INSTANCE:TRANSACTION:PID@HOST
 * ID STREAM                      flafka:1:open:OFFSET
 * ID STREAM                      flafka:1:done:OFFSET        the record's timestamp says when
 * ID STREAM                      (none)                      forgotten
 *
 * agent1-weblogs 0b4f0c6e-...    flafka:1:open:1048576
 * </pre>
 *
 * <p>ID is the transactional id, which has no blank, and STREAM all that follows the blank. Offsets
 * and numbers are decimal. The 1 is the format's version; another one is refused, not guessed at.
 */
final class LedgerFormat {
  private static final String PREFIX = "flafka:1:";
  private static final Pattern FIELDS = Pattern.compile(":");

  private final String topic;
  private final String id;

  LedgerFormat(String topic, String id) {
    this.topic = topic;
    this.id = id;
  }

  ProducerRecord<byte[], byte[]> owner(Owner owner) {
    String value = owner.instance() + ":" + owner.transaction() + ":" + owner.process();
    return new ProducerRecord<>(topic, bytes(id), bytes(PREFIX + "owner:" + value));
  }

  ProducerRecord<byte[], byte[]> entry(String stream, Entry entry) {
    byte[] key = bytes(id + " " + stream);
    if (entry instanceof Entry.Done done) {
      return new ProducerRecord<>(
          topic, null, done.time(), key, bytes(PREFIX + "done:" + done.offset()));
    }
    return new ProducerRecord<>(topic, key, bytes(PREFIX + "open:" + entry.offset()));
  }

  ProducerRecord<byte[], byte[]> tombstone(String stream) {
    return new ProducerRecord<>(topic, bytes(id + " " + stream), null);
  }

  /** Whether a record belongs to this transactional id. */
  boolean isOwn(ConsumerRecord<byte[], byte[]> record) {
    return record.key() != null && (keyOf(record) + " ").startsWith(id + " ");
  }

  /** The stream that an own record is about; null for the owner's. */
  @Nullable String stream(ConsumerRecord<byte[], byte[]> record) {
    String key = keyOf(record);
    return key.length() == id.length() ? null : key.substring(id.length() + 1);
  }

  /** Reads an own record that is about a stream and has a value. */
  Entry entry(ConsumerRecord<byte[], byte[]> record) {
    List<String> fields = fields(record, 2);
    try {
      long offset = Long.parseLong(fields.get(1));
      return switch (fields.get(0)) {
        case "open" -> new Entry.Open(offset);
        case "done" -> new Entry.Done(offset, record.timestamp());
        default -> throw unreadable(record);
      };
    } catch (NumberFormatException e) {
      throw unreadable(record);
    }
  }

  /** Reads an own record that is about the owner. */
  Owner owner(ConsumerRecord<byte[], byte[]> record) {
    List<String> fields = fields(record, 4);
    try {
      return new Owner(fields.get(1), Long.parseLong(fields.get(2)), fields.get(3));
    } catch (NumberFormatException e) {
      throw unreadable(record);
    }
  }

  private List<String> fields(ConsumerRecord<byte[], byte[]> record, int count) {
    String value = new String(record.value(), UTF_8);
    List<String> fields =
        value.startsWith(PREFIX)
            ? List.of(FIELDS.split(value.substring(PREFIX.length()), count))
            : List.of();
    if (fields.size() != count) {
      throw unreadable(record);
    }
    return fields;
  }

  private static FlumeException unreadable(ConsumerRecord<byte[], byte[]> record) {
    return new FlumeException(
        "The ledger record at "
            + record.topic()
            + "-"
            + record.partition()
            + "@"
            + record.offset()
            + " was not written by this version of Flafka: its value is "
            + new String(record.value(), UTF_8)
            + ". Nothing is put, since events could be doubled. Start the version that wrote it, or"
            + " name another topic with ledger.topic if this one is not a ledger");
  }

  private static String keyOf(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.key(), UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
