package io.flafka.kafka.produce;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.config.Settings;
import io.flafka.delivery.DeadLetterMark;
import io.flafka.delivery.PositionedEvent;
import io.flafka.delivery.RefusedEventException;
import io.flafka.kafka.client.ClientProperties;
import io.flafka.kafka.client.KafkaClients;
import io.flafka.kafka.client.Remedy;
import io.flafka.kafka.client.TopicCheck;
import io.flafka.kafka.record.HeaderChoice;
import io.flafka.kafka.record.Malformed;
import io.flafka.kafka.record.Payload;
import io.flafka.kafka.record.RecordMapping;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic that {@code deadletter.topic} names: it takes what can't be delivered, so that the rest
 * goes on. Key, value and headers are as they were; more headers, all text, say what happened:
 *
 * <pre>
 * flafka.cause       why it is here
 * flafka.topic       where it came from, or was to go
 * flafka.partition   of a record that came from there
 * flafka.offset
 * flafka.timestamp   milliseconds since 1970
 * flafka.stream      of an event that knows its position in its input
 * flafka.position
 * </pre>
 *
 * <p>Delivery is at least once, whatever the component's is: a letter is durable before what it was
 * made of is passed by, and a crash in between writes it again. For any number of threads.
 */
public final class DeadLetterTopic {
  /** The key that names the topic. */
  public static final String KEY = "deadletter.topic";

  private static final Logger log = LoggerFactory.getLogger(DeadLetterTopic.class);

  private final String topic;
  private final ClientProperties client;
  private final Runnable written;
  private final AtomicLong letters = new AtomicLong();
  private @Nullable AtLeastOnceSender sender;

  private DeadLetterTopic(String topic, ClientProperties client, Runnable written) {
    this.topic = topic;
    this.client = client;
    this.written = written;
  }

  /**
   * Reads the key; empty if it isn't set.
   *
   * @param used whether the component puts into a topic, or takes from it
   */
  public static Optional<String> parse(Settings settings, Predicate<String> used) {
    Optional<String> topic = settings.text(KEY);
    if (topic.filter(used).isPresent()) {
      settings.problem(KEY, "name a topic for dead letters only: they would come back here");
    }
    return topic;
  }

  /**
   * Looks whether the topic is there. Its producer is made for the first letter. Null if none is
   * named.
   *
   * @param client how to reach the cluster
   * @param written is run for each letter, when it is durable
   * @throws FlumeException if it isn't there, within ten seconds
   */
  public static @Nullable DeadLetterTopic open(
      Optional<String> topic, ClientProperties client, Runnable written) {
    topic.ifPresent(name -> TopicCheck.partitions(KEY, name, client));
    return topic.map(name -> new DeadLetterTopic(name, client, written)).orElse(null);
  }

  /**
   * Takes a record that holds no event.
   *
   * @throws ChannelException if it can't be kept
   */
  public void take(ConsumerRecord<byte[], Payload> record, Malformed payload) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, null, record.key(), payload.value(), record.headers());
    add(letter, "cause", payload.why());
    add(letter, "topic", record.topic());
    add(letter, "partition", Integer.toString(record.partition()));
    add(letter, "offset", Long.toString(record.offset()));
    add(letter, "timestamp", Long.toString(record.timestamp()));
    send(
        letter,
        "The record at " + record.topic() + "-" + record.partition() + "@" + record.offset(),
        payload.why());
  }

  /**
   * Takes an event that can never be put. A mark is taken off: the cause says the same, and a
   * letter that is put again later is not to come back for it.
   *
   * @param value as it would have been in its record
   * @param to the topic that it was meant for; null if it has none
   * @throws ChannelException if it can't be kept
   */
  public void take(Event event, byte[] value, @Nullable String to, RefusedEventException refusal) {
    String key = event.getHeaders().get(RecordMapping.KEY);
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, key == null ? null : key.getBytes(UTF_8), value);
    new HeaderChoice.All().write(event.getHeaders(), letter.headers());
    letter.headers().remove(DeadLetterMark.HEADER);
    add(letter, "cause", refusal.getMessage());
    if (to != null) {
      add(letter, "topic", to);
    }
    String what = "An event";
    if (event instanceof PositionedEvent positioned) {
      add(letter, "stream", positioned.position().stream());
      add(letter, "position", Long.toString(positioned.position().offset()));
      what = "The event at " + positioned.position();
    }
    send(letter, what, refusal.getMessage());
  }

  /** Closes what was opened. */
  public void close(Duration limit) {
    AtLeastOnceSender open;
    synchronized (this) {
      open = sender;
      sender = null;
    }
    if (open != null) {
      open.close(limit);
    }
  }

  private void send(ProducerRecord<byte[], byte[]> letter, String what, @Nullable String why) {
    Batch batch = new Batch();
    batch.add(letter);
    try {
      sender().send(batch);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChannelException(what + " was not put aside: the thread was stopped", e);
    } catch (ChannelException | KafkaException e) {
      Throwable cause = e instanceof ChannelException && e.getCause() != null ? e.getCause() : e;
      throw new ChannelException(
          what
              + " can't be delivered ("
              + why
              + "), and "
              + KEY
              + " = "
              + topic
              + " doesn't take it, so nothing after it is: "
              + Remedy.describe(cause, remedies()),
          e);
    }
    written.run();
    long count = letters.incrementAndGet();
    if (Long.bitCount(count) == 1) { // Many at once would fill the log: the 1st, 2nd, 4th, 8th...
      log.warn(
          "{} went to {} = {}, the {}. there since the start: {}", what, KEY, topic, count, why);
    }
  }

  private List<Remedy> remedies() {
    return List.of(
        new Remedy(
            RecordTooLargeException.class,
            "raise max.message.bytes of topic "
                + topic
                + ": kafka-configs.sh --bootstrap-server "
                + client.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG).orElse("")
                + " --alter --entity-type topics --entity-name "
                + topic
                + " --add-config max.message.bytes=<bytes>"));
  }

  private synchronized AtLeastOnceSender sender() {
    AtLeastOnceSender open = sender;
    if (open == null) {
      open = new AtLeastOnceSender(this::producer);
      sender = open;
    }
    return open;
  }

  /** Takes what a usual producer finds too large; the topic's max.message.bytes still counts. */
  private Producer<byte[], byte[]> producer() {
    Map<String, Object> properties = new TreeMap<>(client.connection("dead-letters"));
    properties.put(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
        KafkaClients.producerDefault(ProducerConfig.BUFFER_MEMORY_CONFIG));
    return KafkaClients.producer(properties);
  }

  private static void add(
      ProducerRecord<byte[], byte[]> letter, String name, @Nullable String text) {
    letter.headers().add("flafka." + name, String.valueOf(text).getBytes(UTF_8));
  }
}
