package io.flafka.bench.load;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The least that a JVM can do to carry lines from a topic to HDFS: poll, and write one file.
 *
 * <p>{@code BareLander <bootstrap servers> <topic> <group> <events> <file>}. It promises nothing:
 * offsets are committed ten times a second, which is how it is watched, whether or not HDFS has the
 * lines. It lives on when it has written all, so that its time and memory can be read.
 */
public final class BareLander {
  private BareLander() {}

  /** Carries the events. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path file = new Path(arguments[4]);
    Configuration configuration = new Configuration();
    configuration.set("dfs.replication", "1");
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                BareConsumer.settings(arguments[0], arguments[2]),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        FileSystem hdfs = FileSystem.newInstance(file.toUri(), configuration)) {
      consumer.subscribe(List.of(arguments[1]));
      carry(consumer, Long.parseLong(arguments[3]), hdfs, file);
      consumer.commitSync();
      new CountDownLatch(1).await();
    }
  }

  private static void carry(
      KafkaConsumer<byte[], byte[]> consumer, long events, FileSystem hdfs, Path file)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(hdfs.create(file, false), 1 << 16)) {
      for (long carried = 0; carried < events; ) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          out.write(record.value());
          out.write('\n');
          carried++;
        }
      }
    }
  }
}
