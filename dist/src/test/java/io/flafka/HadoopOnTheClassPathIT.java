package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.FlumeHome;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.Home;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.weblogs.LandedFiles;
import io.flafka.testbed.weblogs.LineTally;
import io.flafka.testbed.weblogs.WeblogGenerator;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plain tarball, which leaves Hadoop to the host. */
@ExtendWith(TestbedExtension.class)
class HadoopOnTheClassPathIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int LINES = 1_000;

  @TempDir private Path folder;

  /** The NameNode and the DataNode are of the version that the sink was compiled against. */
  @ParameterizedTest
  @CsvSource({
    "HADOOP, 3.5",
    "HADOOP_3_4, 3.4",
    "HADOOP_3_4_SHADED, 3.4",
    "HADOOP_3_3, 3.3",
    "HADOOP_3_3_SHADED, 3.3"
  })
  void comesFromHadoopHomeInAnyVersion(Home home, String version, Hdfs hdfs) throws Exception {
    Path hadoop = FlumeHome.assembleHadoop(folder.resolve("hadoop"), home);
    Installation flume =
        Installation.plain(folder).using(hdfs).with("HADOOP_HOME", hadoop.toString());
    LineTally tally = new LineTally();
    flume.spool(new WeblogGenerator(5, LINES), LINES, tally);

    try (FileSystem fileSystem = hdfs.fileSystem()) {
      var landing = new org.apache.hadoop.fs.Path("/loudacre/weblogs_flume");
      fileSystem.delete(landing, true);
      LandedFiles landed = new LandedFiles(fileSystem, landing, tally::out);
      try (Agent agent = flume.startSample("spooldir_hdfs")) {
        Await.until("all lines can be read", LIMIT, () -> landed.visible() == LINES);
        assertThat(agent.stop()).isTrue();
        assertThat(agent.process().logLines())
            .anyMatch(line -> line.contains("Hadoop's client " + version + "."));
      }
      landed.read();
      assertThat(tally.lost() + tally.doubled()).isZero();
    }
  }

  @Test
  void isAskedForWhereThereIsNone(Hdfs hdfs) throws Exception {
    Installation flume = Installation.plain(folder).using(hdfs);

    try (Agent agent = flume.startSample("spooldir_hdfs")) {
      agent.awaitLog("needs Hadoop's client");
      assertThat(agent.process().logLines())
          .anyMatch(line -> line.contains("with-hadoop.tar.gz") && line.contains("HADOOP_HOME"));
    }
  }
}
