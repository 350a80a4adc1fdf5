package io.flafka.spooldir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.config.Settings;
import io.flafka.spooldir.find.ConsumeOrder;
import io.flafka.spooldir.find.Readiness;
import io.flafka.spooldir.retire.Archiving;
import io.flafka.spooldir.retire.Deleting;
import io.flafka.spooldir.retire.Marking;
import io.flafka.spooldir.retire.Renaming;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.Test;

class SpoolDirConfigTest {
  private static final Path SPOOL = Path.of("/spool");

  private static SpoolDirConfig parse(String... keysAndValues) {
    Map<String, String> values = new HashMap<>(Map.of("spoolDir", "/spool"));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return SpoolDirConfig.parse(new Settings("source r1", new Context(values)));
  }

  private static void assertRefused(String key, String value, String reason) {
    assertThatThrownBy(() -> parse(key, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(key + " = " + value)
        .hasMessageContaining(reason);
  }

  @Test
  void hasTheDefaultsOfStockFlume() {
    SpoolDirConfig config = parse();

    assertThat(config.search().spoolDir()).isEqualTo(SPOOL);
    assertThat(config.trackerDir()).isEqualTo(SPOOL.resolve(".flumespool"));
    assertThat(config.retirement()).isEqualTo(new Renaming(".COMPLETED"));
    assertThat(config.search().order()).isEqualTo(ConsumeOrder.OLDEST);
    assertThat(config.batchSize()).isEmpty();
    assertThat(config.readers()).isEqualTo(1);
    assertThat(config.search().readiness())
        .isEqualTo(new Readiness(Duration.ZERO, Duration.ofMillis(500), Optional.empty()));
    assertThat(config.quarantine().directory()).isEqualTo(SPOOL.resolve(".flumespool/quarantine"));
    assertThat(config.search().pollDelay()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.maxBackoff()).isEqualTo(Duration.ofSeconds(4));
    assertThat(config.search().recursive()).isFalse();
    assertThat(config.headers(SPOOL.resolve("a"))).isEmpty();
  }

  @Test
  void leavesItToTheUserWhenAFileIsReady() {
    assertThat(parse("minAge", "0").search().readiness()).isEqualTo(Readiness.AT_ONCE);
    assertThat(parse("doneSuffix", ".done").search().readiness())
        .isEqualTo(new Readiness(Duration.ZERO, Duration.ZERO, Optional.of(".done")));
  }

  @Test
  void setsTheHeadersThatWereAskedFor() {
    assertThat(parse("fileHeader", "true", "basenameHeader", "true").headers(SPOOL.resolve("d/a")))
        .isEqualTo(Map.of("file", "/spool/d/a", "basename", "a"));
    assertThat(parse("fileHeader", "true", "fileHeaderKey", "path").headers(SPOOL.resolve("a")))
        .isEqualTo(Map.of("path", "/spool/a"));
  }

  @Test
  void retiresByThePolicies() {
    assertThat(parse("trackingPolicy", "tracker_dir", "trackerDir", "/t", "fileSuffix", ".x"))
        .extracting(SpoolDirConfig::retirement)
        .isEqualTo(new Marking(SPOOL, Path.of("/t"), ".x"));
    assertThat(parse("trackingPolicy", "tracker_dir", "deletePolicy", "IMMEDIATE").retirement())
        .isEqualTo(new Deleting());
    assertRefused("deletePolicy", "delay", "one of never, immediate");
    assertThat(parse("trackingPolicy", "archive", "archiveDir", "../old").retirement())
        .isEqualTo(new Archiving(SPOOL, Path.of("/old"), ZoneId.systemDefault()));
    assertRefused("archiveDir", "/old", "trackingPolicy = archive");
    assertRefused("doneSuffix", ".COMPLETED", "fileSuffix");
    assertThatThrownBy(
            () ->
                parse(
                    "trackingPolicy", "archive", "archiveDir", "/old", "deletePolicy", "immediate"))
        .hasMessageContaining("deletePolicy = immediate: trackingPolicy = archive keeps files");
  }

  @Test
  void makesBatchesThatTheChannelsTake() {
    Channel unlimited = new TestChannel();
    Channel memory = new MemoryChannel();

    assertThat(parse().limits(List.of(unlimited)).events()).isEqualTo(50_000);
    assertThat(parse().limits(List.of(unlimited, memory)).events()).isEqualTo(100);
    assertThat(parse("batchSize", "7").limits(List.of(unlimited)).events()).isEqualTo(7);
  }

  @Test
  void acceptsWhatMeansTheSameOnBytes() {
    parse("inputCharset", "utf8", "deserializer", "line", "decodeErrorPolicy", "REPLACE");
    parse("deserializer", "org.apache.flume.serialization.LineDeserializer$Builder");
    parse("bufferMaxLines", "5");
  }

  @Test
  void putsNothingAsideWhereItIsReadAgain() {
    assertThatThrownBy(
            () ->
                SpoolDirConfig.parse(
                    new Settings(
                        "source r1",
                        new Context(
                            Map.of(
                                "spoolDir",
                                "/spool",
                                "quarantineDir",
                                "../spool",
                                "trackingPolicy",
                                "archive",
                                "archiveDir",
                                "/spool/",
                                "recursiveDirectorySearch",
                                "true")))))
        .hasMessageContaining("quarantineDir = ../spool: what goes there would be read again")
        .hasMessageContaining("archiveDir = /spool/: what goes there would be read again");
  }

  @Test
  void letsTrackersAndQuarantineShareADirectory() {
    SpoolDirConfig config =
        SpoolDirConfig.parse(
            new Settings(
                "source r1",
                new Context(Map.of("spoolDir", "/spool", "quarantineDir", ".flumespool"))));

    assertThat(config.quarantine().directory()).isEqualTo(config.trackerDir());
  }

  @Test
  void namesEveryProblemAtOnce() {
    assertThatThrownBy(
            () ->
                SpoolDirConfig.parse(
                    new Settings(
                        "source r1", new Context(Map.of("batchSize", "x", "includePattern", "(")))))
        .hasMessageContaining("spoolDir is missing: it takes a directory")
        .hasMessageContaining("batchSize = x")
        .hasMessageContaining("includePattern = (: it takes a regular expression (Unclosed group)");
  }
}
