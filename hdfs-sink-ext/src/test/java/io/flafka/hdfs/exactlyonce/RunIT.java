package io.flafka.hdfs.exactlyonce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.file.Sync;
import io.flafka.hdfs.login.Login;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.TestbedExtension;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a run relies on a real HDFS for, when it is taken for dead and isn't. */
@ExtendWith(TestbedExtension.class)
class RunIT {
  private final Premises premises;
  private final Hdfs cluster;
  private FileSystem files;
  private HdfsClient hdfs;
  private Instant now = Instant.now();
  private Run run;

  RunIT(Hdfs cluster) {
    this.cluster = cluster;
    this.premises = new Premises(new Path(cluster.uri() + "/run-" + UUID.randomUUID()));
  }

  @BeforeEach
  void begin() throws IOException {
    files = cluster.fileSystem();
    hdfs = HdfsClient.open(premises.base(), false, Login.OF_PROCESS);
    run = new Run(hdfs, premises, "k1-5f3a9c1e", () -> now);
    run.begin();
  }

  @AfterEach
  void close() throws IOException {
    hdfs.close();
    files.close();
  }

  /** As another sink does, which deletes what it has moved. */
  private void takeForDead() throws IOException {
    Path cleared = new Path(premises.cleared(), run.directory().getName());
    files.mkdirs(cleared.getParent());
    assertThat(files.rename(run.directory(), cleared)).isTrue();
    assertThat(files.delete(cleared, true)).isTrue();
  }

  @Test
  void aSignOfLifeShows() throws Exception {
    now = now.plus(Duration.ofDays(1));
    run.live();
    assertThat(files.getFileStatus(run.directory()).getModificationTime())
        .isEqualTo(now.toEpochMilli());
  }

  @Test
  void nothingCanBeCreatedWhereTheDirectoryIsGone() throws Exception {
    takeForDead();
    assertThatThrownBy(() -> run.create("a", Sync.HFLUSH))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("took this one for dead");
    assertThat(files.exists(run.directory())).isFalse();
  }

  @Test
  void whatWasOpenCantBeClosedAsIfNothingHadHappened() throws Exception {
    FSDataOutputStream open = run.create("a", Sync.HFLUSH);
    open.write("line\n".getBytes(UTF_8));
    open.hflush();
    takeForDead();
    assertThatThrownBy(open::close).isInstanceOf(IOException.class);
  }

  /** Moved, and not deleted yet: HDFS lets a file be closed wherever it is. */
  @Test
  void aManifestThatWasMovedWhileItWasWrittenDoesNotCount() throws Exception {
    Path cleared = new Path(premises.cleared(), run.directory().getName());
    files.mkdirs(cleared.getParent());
    FSDataOutputStream open = run.create("a", Sync.HFLUSH);
    open.write(1);
    assertThat(files.rename(run.directory(), cleared)).isTrue();
    open.close();
    assertThat(files.exists(new Path(cleared, "a"))).isTrue();
    assertThatThrownBy(() -> run.write("b.json", new byte[0]))
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void aRunThatIsTakenForDeadGoesOnUnderAnotherName() throws Exception {
    takeForDead();
    Path before = run.directory();
    run.begin();
    assertThat(run.directory()).isNotEqualTo(before);
    run.write("a", new byte[] {1});
    run.clear();
    run.end();
    assertThat(files.listStatus(premises.runs())).isEmpty();
  }
}
