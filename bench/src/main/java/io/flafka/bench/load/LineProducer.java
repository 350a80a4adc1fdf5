package io.flafka.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts the lines of files into a topic.
 *
 * <p>{@code LineProducer <bootstrap servers> <topic> <shape> <file>...}. It lives on when it has
 * put all.
 */
public final class LineProducer {
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final LineShape shape;
  private long lines;

  private LineProducer(Producer<byte[], byte[]> producer, String topic, LineShape shape) {
    this.producer = producer;
    this.topic = topic;
    this.shape = shape;
  }

  /** Puts the lines; a record that can't be sent ends it with status 1. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<Path> files = Arrays.stream(arguments, 3, arguments.length).map(Path::of).toList();
    Map<String, Object> settings = new HashMap<>(ClientSettings.PRODUCER);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0]);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      LineProducer own = new LineProducer(producer, arguments[1], LineShape.parse(arguments[2]));
      LineReader reader = new LineReader(own::send);
      for (Path file : files) {
        reader.read(file);
      }
      producer.flush();
      System.out.println(LogLines.ALL_PUT);
      new CountDownLatch(1).await();
    }
  }

  private void send(byte[] line) {
    BareProducer.send(producer, new ProducerRecord<>(topic, shape.value(line, lines++)));
  }
}
