package io.flafka.flink;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.DefaultRollingPolicy;

/**
 * Lands the lines that are in a topic as text, each exactly once, by a cluster in this JVM.
 *
 * <p>{@code LandTopic <bootstrap servers> <topic> <group> <folder> <parallelism> <checkpoint ms>
 * [<consumer setting>=<value>...]}. Files are rolled at 128 MB. It lives on when it has landed all,
 * so that its time and memory can be read.
 */
public final class LandTopic {
  private static final String HERE = "127.0.0.1";

  private LandTopic() {}

  /** Lands them; a job that fails ends it with status 1. */
  public static void main(String[] arguments) throws Exception {
    Properties consumer = new Properties();
    for (int i = 6; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      consumer.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
    }
    KafkaSource<byte[]> source =
        KafkaSource.<byte[]>builder()
            .setBootstrapServers(arguments[0])
            .setTopics(arguments[1])
            .setGroupId(arguments[2])
            .setProperties(consumer)
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setBounded(OffsetsInitializer.latest())
            .setValueOnlyDeserializer(new Bytes())
            .build();
    StreamExecutionEnvironment flink =
        environment(
            Integer.parseInt(arguments[4]), Duration.ofMillis(Long.parseLong(arguments[5])));
    flink
        .fromSource(source, WatermarkStrategy.noWatermarks(), "topic")
        .sinkTo(sink(new Path(arguments[3])));
    flink.execute("land " + arguments[1]);
    new CountDownLatch(1).await();
  }

  private static StreamExecutionEnvironment environment(int parallelism, Duration checkpoints) {
    Configuration settings = new Configuration();
    settings.set(JobManagerOptions.ADDRESS, HERE);
    settings.set(JobManagerOptions.BIND_HOST, HERE);
    settings.set(TaskManagerOptions.HOST, HERE);
    settings.set(TaskManagerOptions.BIND_HOST, HERE);
    settings.set(RestOptions.ADDRESS, HERE);
    settings.set(RestOptions.BIND_ADDRESS, HERE);
    settings.set(RestOptions.BIND_PORT, "0");
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints);
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    // Otherwise it copies every line between source and sink.
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    return StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
  }

  private static FileSink<byte[]> sink(Path folder) {
    return FileSink.forRowFormat(folder, new Line())
        .withBucketAssigner(new BasePathBucketAssigner<>())
        .withRollingPolicy(
            DefaultRollingPolicy.builder()
                .withMaxPartSize(MemorySize.ofMebiBytes(128))
                .withRolloverInterval(Duration.ofDays(1))
                .withInactivityInterval(Duration.ofDays(1))
                .build())
        .build();
  }

  /** The value of a record, as it is. */
  private static final class Bytes extends AbstractDeserializationSchema<byte[]> {
    private static final long serialVersionUID = 1;

    @Override
    public byte[] deserialize(byte[] message) {
      return message;
    }
  }

  /** A line and its end. */
  private static final class Line implements Encoder<byte[]> {
    private static final long serialVersionUID = 1;

    @Override
    public void encode(byte[] line, OutputStream out) throws IOException {
      out.write(line);
      out.write('\n');
    }
  }
}
