package io.flafka.hdfs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.config.Settings;
import io.flafka.hdfs.bucket.Missing;
import io.flafka.hdfs.file.NamePattern;
import io.flafka.hdfs.file.Retries;
import io.flafka.hdfs.file.RollPolicy;
import io.flafka.hdfs.file.Sync;
import io.flafka.hdfs.format.SequenceFormat;
import io.flafka.hdfs.format.SerializedFormat;
import io.flafka.hdfs.format.TextFormat;
import io.flafka.hdfs.format.TimedRecords;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HdfsSinkConfigTest {
  private static HdfsSinkConfig parse(String... keys) {
    Map<String, String> values = new HashMap<>(Map.of("hdfs.path", "/logs/%Y"));
    for (int i = 0; i < keys.length; i += 2) {
      values.put(keys[i], keys[i + 1]);
    }
    return HdfsSinkConfig.parse(
        new Settings("sink k1", new Context(values)), InstantSource.system());
  }

  @Test
  void hasStocksDefaultsButForTheRolls() {
    HdfsSinkConfig config = parse();
    assertThat(config.names()).isEqualTo(new NamePattern("", "", ".tmp"));
    assertThat(config.format())
        .isInstanceOfSatisfying(
            SequenceFormat.class,
            format ->
                assertThat(format.records())
                    .isInstanceOfSatisfying(
                        TimedRecords.class,
                        records ->
                            assertThat(records.value()).isEqualTo(TimedRecords.Value.WRITABLE)));
    assertThat(config.batchSize()).isEqualTo(100);
    assertThat(config.maxOpenFiles()).isEqualTo(5000);
    assertThat(config.callTimeout()).isEqualTo(30_000);
    assertThat(config.retries()).isEqualTo(new Retries(0, 180_000));
    assertThat(config.sync()).isEqualTo(Sync.HFLUSH);
    assertThat(config.layout().missing()).isEqualTo(Missing.DEFAULT);
    assertThat(config.roll()).isEqualTo(new RollPolicy(300_000, 134_217_728, 0, 0, false));
  }

  @ParameterizedTest
  @CsvSource({
    "/logs/%Y, /logs/_flafka",
    "/logs, /logs/_flafka",
    "hdfs://nn/logs-%Y, hdfs://nn/_flafka",
    "%{host}/x, _flafka",
    "/%{host}, /_flafka",
  })
  void keepsWhatIsItsOwnBesideTheTables(String path, String manifests) {
    assertThat(parse("hdfs.path", path).manifests()).isEqualTo(manifests);
  }

  @Test
  void namesFilesByTheirFormatUnlessTheUserDoes() {
    String[] parquet = {"hdfs.fileType", "Parquet", "delivery.guarantee", "exactly_once"};
    assertThat(parse(parquet).names().suffix()).isEqualTo(".parquet");
    assertThat(parse("hdfs.fileType", "DataStream", "serializer", "AVRO_EVENT").names().suffix())
        .isEqualTo(".avro");
    assertThat(parse("hdfs.fileType", "DataStream", "hdfs.fileSuffix", ".log").names().suffix())
        .isEqualTo(".log");
  }

  @Test
  void keepsStocksRollsWhereTheUserSetSomeOrAskedForThem() {
    assertThat(parse("hdfs.rollCount", "0").roll())
        .isEqualTo(new RollPolicy(30_000, 1024, 0, 0, false));
    assertThat(parse("hdfs.rollDefaults", "stock").roll())
        .isEqualTo(new RollPolicy(30_000, 1024, 10, 0, false));
  }

  @Test
  void readsEveryKey() {
    HdfsSinkConfig config =
        parse(
            "hdfs.fileSuffix", ".log",
            "hdfs.inUsePrefix", "_",
            "hdfs.emptyInUseSuffix", "true",
            "hdfs.rollInterval", "1",
            "hdfs.rollSize", "2",
            "hdfs.rollCount", "3",
            "hdfs.idleTimeout", "4",
            "hdfs.batchSize", "5",
            "hdfs.maxOpenFiles", "6",
            "hdfs.callTimeout", "7",
            "hdfs.threadsPoolSize", "8",
            "hdfs.fileType", "DataStream",
            "serializer", "header_and_text",
            "serializer.appendNewline", "false",
            "hdfs.round", "true",
            "hdfs.roundValue", "10",
            "hdfs.roundUnit", "minute",
            "hdfs.timeZone", "Asia/Kathmandu",
            "hdfs.useLocalTimeStamp", "true",
            "hdfs.closeTries", "9",
            "hdfs.retryInterval", "10",
            "hdfs.useRawLocalFileSystem", "true",
            "hdfs.missing", "stop",
            "hdfs.sync", "hsync",
            "hdfs.minBlockReplicas", "1",
            "hdfs.rollTimerPoolSize", "1",
            "delivery.guarantee", "at_least_once");
    assertThat(config.names()).isEqualTo(new NamePattern(".log", "_", ""));
    assertThat(config.roll()).isEqualTo(new RollPolicy(1000, 2, 3, 4000, false));
    assertThat(config.retries()).isEqualTo(new Retries(9, 10_000));
    assertThat(config.format())
        .isEqualTo(new SerializedFormat("header_and_text", Map.of("appendNewline", "false")));
    assertThat(config.layout().rounding().value()).isEqualTo(10);
    assertThat(config.layout().rounding().zone().getId()).isEqualTo("Asia/Kathmandu");
    assertThat(config.layout().localTime()).isTrue();
    assertThat(config.rawLocal()).isTrue();
    assertThat(config.threads()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({
    "hdfs.codeC, lzma, GzipCodec",
    "hdfs.fileType, ORC, 'it takes SequenceFile, DataStream, CompressedStream or Parquet'",
    "hdfs.fileType, Parquet, it takes delivery.guarantee = exactly_once",
    "hdfs.writeFormat, com.example.Mine, it takes Writable",
    "hdfs.missing, drop, 'it takes default, deadletter or stop'",
    "hdfs.timeZone, Mars/Olympus, this JVM knows no such zone",
    "hdfs.roundValue, 61, at most 60",
    "hdfs.roundUnit, day, 'it takes one of second, minute, hour'",
    "hdfs.path, /logs/%Q, unknown escape %Q",
    "hdfs.filePrefix, a/b, directories belong into hdfs.path",
    "delivery.guarantee, at_most_once, 'it takes one of at_least_once, exactly_once'",
    "hdfs.history, 0, at least 1",
  })
  void refusesWhatItCannotHonour(String key, String value, String why) {
    assertThatThrownBy(() -> parse(key, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("sink k1: " + key + " = " + value)
        .hasMessageContaining(why);
  }

  @Test
  void refusesASerializerThatCannotBeBuilt() {
    assertThatThrownBy(() -> parse("hdfs.fileType", "DataStream", "serializer", "no.such.Builder"))
        .hasMessageContaining("serializer = no.such.Builder: the serializer");
  }

  @Test
  void writesTextUnlessToldOtherwise() {
    assertThat(parse("hdfs.fileType", "datastream").format()).isEqualTo(new TextFormat(true));
    assertThat(
            parse(
                    "hdfs.fileType", "DataStream",
                    "serializer", "text",
                    "serializer.appendNewline", "false",
                    "hdfs.codeC", "None")
                .format())
        .isEqualTo(new TextFormat(false));
  }

  @Test
  void endsTheNamesOfCompressedFilesInTheExtensionOfTheirCodecUnlessToldOtherwise() {
    assertThat(suffix("hdfs.codeC", "gzip", "hdfs.fileType", "CompressedStream")).isEqualTo(".gz");
    assertThat(suffix("hdfs.codeC", "bzip2")).isEqualTo(".bz2");
    assertThat(suffix("hdfs.codeC", "snappy", "hdfs.fileSuffix", ".seq")).isEqualTo(".seq");
  }

  private static String suffix(String... keys) {
    return parse(keys).names().suffix();
  }

  @Test
  void refusesACodecWhereNothingIsCompressedAndNoCodecWhereSomethingIs() {
    assertThatThrownBy(() -> parse("hdfs.fileType", "DataStream", "hdfs.codeC", "gzip"))
        .hasMessageContaining("hdfs.codeC = gzip: hdfs.fileType = DataStream isn't compressed;");
    assertThatThrownBy(() -> parse("hdfs.fileType", "CompressedStream"))
        .hasMessageContaining("hdfs.codeC is missing: hdfs.fileType = CompressedStream takes");
    assertThatThrownBy(() -> parse("hdfs.fileType", "CompressedStream", "hdfs.codeC", "none"))
        .hasMessageContaining("hdfs.codeC = none: hdfs.fileType = CompressedStream takes");
    assertThatThrownBy(() -> parse("hdfs.fileType", "CompressedStream", "hdfs.codeC", "lzma"))
        .hasMessageContaining("hdfs.codeC = lzma: it takes None or")
        .hasMessageNotContaining("takes a codec");
  }

  @Test
  void insistsOnAPath() {
    assertThatThrownBy(
            () ->
                HdfsSinkConfig.parse(
                    new Settings("sink k1", new Context()), InstantSource.system()))
        .hasMessageContaining("hdfs.path is missing");
  }
}
