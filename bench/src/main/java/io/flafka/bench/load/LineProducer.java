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
 * <p>{@code LineProducer <bootstrap servers> <topic> <shape> <transaction> <file>...}, where a
 * Kafka transaction is of so many lines, or 0 for none. It lives on when it has put all.
 */
public final class LineProducer {
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final LineShape shape;
  private final int transaction;
  private long lines;

  private LineProducer(
      Producer<byte[], byte[]> producer, String topic, LineShape shape, int transaction) {
    this.producer = producer;
    this.topic = topic;
    this.shape = shape;
    this.transaction = transaction;
  }

  /** Puts the lines; a record that can't be sent ends it with status 1. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int transaction = Integer.parseInt(arguments[3]);
    List<Path> files = Arrays.stream(arguments, 4, arguments.length).map(Path::of).toList();
    Map<String, Object> settings = new HashMap<>(ClientSettings.PRODUCER);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0]);
    if (transaction > 0) {
      settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, arguments[1]);
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      LineShape shape = LineShape.parse(arguments[2]);
      new LineProducer(producer, arguments[1], shape, transaction).send(files);
      System.out.println(LogLines.ALL_PUT);
      new CountDownLatch(1).await();
    }
  }

  private void send(List<Path> files) throws IOException {
    if (transaction > 0) {
      producer.initTransactions();
      producer.beginTransaction();
    }
    LineReader reader = new LineReader(this::send);
    for (Path file : files) {
      reader.read(file);
    }
    if (transaction > 0) {
      producer.commitTransaction();
    } else {
      producer.flush();
    }
  }

  private void send(byte[] line) {
    BareProducer.send(producer, new ProducerRecord<>(topic, shape.value(line, lines++)));
    if (transaction > 0 && lines % transaction == 0) {
      producer.commitTransaction();
      producer.beginTransaction();
    }
  }
}
