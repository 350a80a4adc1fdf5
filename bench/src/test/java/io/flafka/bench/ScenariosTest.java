package io.flafka.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.bench.load.DiscardingChannel;
import io.flafka.bench.load.Format;
import io.flafka.bench.load.ReadySource;
import io.flafka.bench.load.TallySink;
import java.util.Map;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class ScenariosTest {
  @Test
  void giveEverySubjectANameOfItsOwn() {
    for (Scenario<?> scenario : Bench.ALL) {
      assertThat(scenario.subjects().stream().map(Subject::name)).doesNotHaveDuplicates();
    }
    assertThat(new ChannelSubject(Contender.EXACTLY_ONCE, Format.RAW, 50_000).name())
        .isEqualTo("flafka-exactly-once-raw-50000");
    assertThat(new ChannelSubject(Contender.BARE, Format.FLUME, 0).name()).isEqualTo("bare-flume");
  }

  @Test
  void spoolIntoTheChannelAndTheSinkOfThisModule() {
    assertThat(SpoolScenario.CHANNEL).isEqualTo(DiscardingChannel.class.getName());
    assertThat(SpoolScenario.SINK).isEqualTo(TallySink.class.getName());
  }

  @Test
  void compareSourcesWithThoseBesideThem() {
    assertThat(SpoolScenario.throughMemory().layout().comparisons())
        .extracting(Comparison::heading)
        .containsExactly("to stock", "to taildir", "CPU to stock's");
    assertThat(SpoolScenario.discarded().layout().comparisons())
        .extracting(Comparison::heading)
        .containsExactly("to stock", "to taildir", "to bare", "CPU to stock's");
  }

  @Test
  void giveStockAPartOfTheLines() {
    SpoolScenario spool = SpoolScenario.discarded();
    SmallFilesScenario small = new SmallFilesScenario();

    assertThat(spool.share(new SpoolSubject(Spooler.STOCK, EventTime.NONE, 1_000), 5_000))
        .isEqualTo(500);
    assertThat(spool.share(new SpoolSubject(Spooler.BARE, EventTime.NONE, 0), 5_000))
        .isEqualTo(5_000);
    assertThat(small.share(new BacklogSubject(Spooler.FLAFKA, 1_000), small.events()))
        .isEqualTo(100_000);
    assertThat(small.share(new BacklogSubject(Spooler.FLAFKA, 1_000), 5_000)).isEqualTo(5_000);
  }

  @Test
  void takeAsMuchAsASubjectOfItsScaleCan() {
    LandScaleScenario buckets = new LandScaleScenario(LandScale.BUCKETS);
    LengthScaleScenario length = new LengthScaleScenario();

    assertThat(buckets.share(new ScaleSubject(Contender.EXACTLY_ONCE, 1_000), 600_000))
        .isEqualTo(600_000);
    assertThat(buckets.share(new ScaleSubject(Contender.STOCK, 1_000), 600_000)).isEqualTo(1_000);
    assertThat(length.share(new ScaleSubject(Contender.AT_LEAST_ONCE, 1_000), 600_000))
        .isEqualTo(120_000);
    assertThat(length.share(new ScaleSubject(Contender.STOCK, 1_000), 600_000)).isEqualTo(25_000);
    assertThat(length.share(new ScaleSubject(Contender.STOCK, 10_000), 600_000)).isEqualTo(12_000);
  }

  @Test
  void rollAllBucketsAFewTimes() {
    assertThat(LandScale.BUCKETS.rolls(1_000, 8_000_000))
        .isEqualTo(Map.of("hdfs.rollCount", "2000"));
    assertThat(LandScale.BUCKETS.rolls(1_000, 100)).isEqualTo(Map.of("hdfs.rollCount", "1"));
    assertThat(LandedAs.MINUTELY.directories()).isEqualTo("/%Y-%m-%d/%H%M");
    assertThat(LandedAs.HOURLY.directories()).isEqualTo("/%Y-%m-%d/%H");
    assertThat(LandedAs.TEXT.directories()).isEmpty();
  }

  @Test
  void changeTheTypesOfWhatIsShippedForStock() {
    assertThat(new HeapSubject(Contender.STOCK, 256).keys("g"))
        .containsAllEntriesOf(
            Map.of(
                "channels.kafka-channel.kafka.consumer.group.id", "g",
                "sources.webserver-log-source.type", "spooldir",
                "channels.kafka-channel.type", "org.apache.flume.channel.kafka.KafkaChannel",
                "sinks.hdfs-sink.type", "hdfs"));
    assertThat(new HeapSubject(Contender.EXACTLY_ONCE, 64).keys("g"))
        .containsOnlyKeys(
            "channels.kafka-channel.kafka.consumer.group.id", "sinks.hdfs-sink.hdfs.rollSize");
  }

  @Test
  void landAsOneWouldWithEachSink() {
    LandedFolder folder = new LandedFolder(new LocalFileSystem(), new Path("hdfs://h:1/bench/x"));

    assertThat(LandedAs.HOURLY.sink(Contender.STOCK, folder))
        .containsAllEntriesOf(
            Map.of(
                "type", "hdfs",
                "hdfs.path", "hdfs://h:1/bench/x/%Y-%m-%d/%H",
                "hdfs.fileType", "DataStream",
                "hdfs.batchSize", "1000"))
        .doesNotContainKey("delivery.guarantee");
    assertThat(LandedAs.GZIP.sink(Contender.EXACTLY_ONCE, folder))
        .containsAllEntriesOf(
            Map.of(
                "type", "io.flafka.HdfsSink",
                "delivery.guarantee", "exactly_once",
                "hdfs.path", "hdfs://h:1/bench/x",
                "hdfs.fileType", "CompressedStream",
                "hdfs.codeC", "gzip"));
  }

  @Test
  void sendByConnectExactlyOnceToo() {
    assertThat(ConnectWorker.settings("h:1", "g", "http://127.0.0.1:2"))
        .containsAllEntriesOf(
            Map.of(
                "exactly.once.source.support", "enabled",
                "listeners", "http://127.0.0.1:2",
                "group.id", "g-connect",
                "offset.storage.topic", "g-connect-offset"));
    assertThat(ConnectWorker.connector("t", java.nio.file.Path.of("/spool/all.log")))
        .containsAllEntriesOf(
            Map.of(
                "exactly.once.support", "required",
                "file", "/spool/all.log",
                "topic", "t",
                "producer.override.batch.size", "262144"));
  }

  @Test
  void compareLandingWithStockAndWithTheLoopWhereItIsRun() {
    assertThat(LandScenario.text().layout().comparisons())
        .extracting(Comparison::heading)
        .containsExactly("to stock", "to bare", "CPU to stock's");
    assertThat(LandScenario.gzip().layout().comparisons())
        .extracting(Comparison::heading)
        .containsExactly("to stock", "CPU to stock's");
    assertThat(LandScenario.parquet().layout().comparisons()).isEmpty();
  }

  @Test
  void leaveABatchSizeThatNothingIsSaidOf() {
    java.nio.file.Path folder = java.nio.file.Path.of("/spool");

    assertThat(new SpoolSubject(Spooler.FLAFKA, EventTime.NONE, 0).source(folder, folder))
        .isEqualTo(Map.of("type", "io.flafka.SpoolDirSource", "spoolDir", "/spool"));
    assertThat(new SpoolSubject(Spooler.STOCK, EventTime.NONE, 500).source(folder, folder))
        .isEqualTo(Map.of("type", "spooldir", "spoolDir", "/spool", "batchSize", "500"));
  }

  @Test
  void nameWhatReadsTheTime() {
    SpoolSubject subject = new SpoolSubject(Spooler.STOCK, EventTime.REGEX, 1_000);

    assertThat(subject.name()).isEqualTo("stock-regex-1000");
    assertThat(subject.source(java.nio.file.Path.of("/spool"), java.nio.file.Path.of("/own")))
        .containsEntry("interceptors", "i1")
        .containsEntry("interceptors.i1.type", "regex_extractor")
        .containsEntry("interceptors.i1.serializers.s1.name", "timestamp");
  }

  @Test
  void putFromTheSourceOfThisModule() {
    assertThat(PutScenario.SOURCE).isEqualTo(ReadySource.class.getName());
  }

  @Test
  void tuneAllChannelsTheSameButThatWithDefaults() {
    assertThat(Contender.STOCK.channel())
        .containsEntry("type", "org.apache.flume.channel.kafka.KafkaChannel")
        .containsEntry("kafka.producer.batch.size", "262144")
        .containsEntry("kafka.consumer.max.poll.records", "5000");
    assertThat(Contender.EXACTLY_ONCE.channel())
        .containsAllEntriesOf(
            Map.of(
                "type", "io.flafka.KafkaChannel",
                "delivery.guarantee", "exactly_once",
                "kafka.transactional.id", "bench",
                "kafka.producer.linger.ms", "5"));
    assertThat(Contender.DEFAULTS.channel()).isEqualTo(Map.of("type", "io.flafka.KafkaChannel"));
  }

  @Test
  void writeAnAgentsConfiguration() {
    String text =
        new AgentFile(Map.of("type", "memory"))
            .source(Map.of("type", "seq", "batchSize", "5"))
            .sink(Map.of("type", "null"))
            .text();

    assertThat(text.lines())
        .containsExactly(
            "agent1.channels = c1",
            "agent1.channels.c1.type = memory",
            "agent1.sinks = k1",
            "agent1.sinks.k1.channel = c1",
            "agent1.sinks.k1.type = null",
            "agent1.sources = r1",
            "agent1.sources.r1.batchSize = 5",
            "agent1.sources.r1.channels = c1",
            "agent1.sources.r1.type = seq");
  }
}
