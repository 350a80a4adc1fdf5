package io.flafka.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testbed.Await;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.TestbedExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.event.EventBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestbedExtension.class)
class HdfsSinkIT {
  private final Hdfs hdfs;
  private final MemoryChannel channel = new MemoryChannel();
  @TempDir private java.nio.file.Path registry;

  private final HdfsSink sink = new HdfsSink();
  private final String root;
  private FileSystem files;

  HdfsSinkIT(Hdfs hdfs) {
    this.hdfs = hdfs;
    this.root = hdfs.uri() + "/sink-" + UUID.randomUUID();
  }

  @BeforeEach
  void open() throws IOException {
    files = hdfs.fileSystem();
  }

  @AfterEach
  void close() throws IOException {
    sink.stop();
    channel.stop();
    files.close();
  }

  private void start(Map<String, String> more) {
    channel.setName("c1");
    channel.configure(
        new Context(
            Map.of("capacity", "100000", "transactionCapacity", "10000", "keep-alive", "0")));
    channel.start();
    Context context = new Context(Map.of("hdfs.fileType", "DataStream", "hdfs.batchSize", "1000"));
    context.put("hdfs.path", root + "/%Y-%m-%d/%H");
    context.put("hdfs.registryDir", registry.toString());
    context.putAll(more);
    sink.setName("k1");
    sink.setChannel(channel);
    sink.configure(context);
    sink.start();
  }

  private List<String> put(int from, int to) {
    List<String> bodies = new ArrayList<>();
    for (int i = from; i < to; i++) {
      if ((i - from) % 1000 == 0) {
        if (i > from) {
          commit();
        }
        channel.getTransaction().begin();
      }
      long millis = 1379203200000L + i * 3_600_000L % 86_400_000L;
      channel.put(
          EventBuilder.withBody(
              "event-" + i, StandardCharsets.UTF_8, Map.of("timestamp", Long.toString(millis))));
      bodies.add("event-" + i);
    }
    commit();
    return bodies;
  }

  private void commit() {
    channel.getTransaction().commit();
    channel.getTransaction().close();
  }

  private List<FileStatus> landed() throws IOException {
    List<FileStatus> found = new ArrayList<>();
    if (files.exists(new Path(root))) {
      var all = files.listFiles(new Path(root), true);
      while (all.hasNext()) {
        found.add(all.next());
      }
    }
    return found;
  }

  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (FileStatus file : landed()) {
      try (var in = files.open(file.getPath())) {
        new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
      }
    }
    return lines;
  }

  private List<FileStatus> inUse() throws IOException {
    return landed().stream().filter(file -> file.getPath().getName().endsWith(".tmp")).toList();
  }

  @Test
  void landsEveryEventInItsHourAndClosesEveryFile() throws Exception {
    start(Map.of("hdfs.filePrefix", "web"));
    List<String> bodies = put(0, 24_000);
    drain();
    // Before any file is closed, a reader sees what was committed.
    assertThat(lines()).containsExactlyInAnyOrderElementsOf(bodies);
    assertThat(inUse()).hasSize(24);
    sink.stop();

    assertThat(lines()).containsExactlyInAnyOrderElementsOf(bodies);
    assertThat(inUse()).isEmpty();
    assertThat(landed()).hasSize(24);
    for (FileStatus file : landed()) {
      assertThat(((DistributedFileSystem) files).isFileClosed(file.getPath())).isTrue();
      assertThat(file.getPath().getName()).matches("web\\.\\d{13}-[0-9a-f]{8}-\\d+");
    }
  }

  @Test
  void goesOnAfterTheNameNodeWasKilled() throws Exception {
    start(Map.of("hdfs.retryInterval", "1", "hdfs.rollCount", "500"));
    List<String> bodies = put(0, 5_000);
    sink.process();
    hdfs.nameNode().kill();
    bodies.addAll(put(5_000, 10_000));
    assertThatThrownBy(sink::process).isInstanceOf(EventDeliveryException.class);
    hdfs.restartNameNode();
    drain();
    sink.stop();
    assertThat(lines()).containsAll(bodies);
    assertThat(inUse()).isEmpty();
  }

  @Test
  void keepsWhatWasCommittedWhenTheDataNodeDies() throws Exception {
    start(Map.of("hdfs.retryInterval", "1"));
    List<String> bodies = put(0, 3_000);
    sink.process();
    hdfs.dataNode().kill();
    bodies.addAll(put(3_000, 6_000));
    assertThatThrownBy(sink::process).isInstanceOf(EventDeliveryException.class);
    hdfs.restartDataNode();
    drain();
    // Files whose pipeline broke are closed by the NameNode, which takes a while.
    sink.stop();
    assertThat(lines()).containsAll(bodies);
    assertThat(inUse()).isEmpty();
  }

  private void drain() {
    Await.until(
        "the channel is empty", Duration.ofMinutes(2), () -> processQuietly() == Status.BACKOFF);
  }

  /** A failure is what these tests provoke: the next call goes on. */
  private Status processQuietly() {
    try {
      return sink.process();
    } catch (EventDeliveryException e) {
      return Status.READY;
    }
  }
}
