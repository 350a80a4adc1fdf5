package io.flafka.bench.load;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The least that a JVM can do to put events into a topic: a loop over an idempotent producer.
 *
 * <p>{@code BareProducer <bootstrap servers> <topic> <format> <events> <bytes>}. It lives on when
 * it has put all, so that its time and memory can be read.
 */
public final class BareProducer {
  private BareProducer() {}

  /** Puts the events; a record that can't be sent ends it with status 1. */
  public static void main(String[] arguments) throws InterruptedException {
    String topic = arguments[1];
    Format format = Format.valueOf(arguments[2]);
    long events = Long.parseLong(arguments[3]);
    byte[][] values = values(format, new ReadyBodies(Integer.parseInt(arguments[4])));
    Map<String, Object> settings = new HashMap<>(ClientSettings.PRODUCER);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0]);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long event = 0; event < events; event++) {
        send(producer, new ProducerRecord<>(topic, values[(int) (event % ReadyBodies.SIZE)]));
      }
      producer.flush();
      System.out.println(LogLines.ALL_PUT);
      new CountDownLatch(1).await();
    }
  }

  /** Sends a record; one that can't be sent ends this JVM. */
  @SuppressWarnings("FutureReturnValueIgnored") // The callback hears the same.
  static void send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    producer.send(
        record,
        (metadata, failure) -> {
          if (failure != null) {
            System.out.println(" ERROR " + failure);
            Runtime.getRuntime().halt(1);
          }
        });
  }

  private static byte[][] values(Format format, ReadyBodies bodies) {
    byte[][] values = new byte[ReadyBodies.SIZE][];
    for (int i = 0; i < values.length; i++) {
      values[i] = format.value(bodies.of(i));
    }
    return values;
  }
}
