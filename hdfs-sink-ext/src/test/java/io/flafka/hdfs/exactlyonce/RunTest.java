package io.flafka.hdfs.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.hdfs.faults.Faults;
import io.flafka.hdfs.faults.Faults.Call;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.login.Login;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
  private final String name = UUID.randomUUID().toString();
  @TempDir private java.nio.file.Path folder;

  private interface Use {
    void of(HdfsClient hdfs, Run run) throws IOException;
  }

  private void use(Use use) throws IOException {
    Path base = new Path("faulty://" + name + folder + "/_flafka");
    try (HdfsClient hdfs = HdfsClient.open(base, false, Login.OF_PROCESS)) {
      Run run = new Run(hdfs, new Premises(base), "k1-1", InstantSource.system());
      run.takes(Set.of(Scene.ONE));
      use.of(hdfs, run);
    }
  }

  /** Else nobody could tell it for dead before it has been silent for an hour. */
  @Test
  void saysWhoseItIsOnceItCan() throws IOException {
    use(
        (hdfs, run) -> {
          Faults.of(name).fail(Call.CREATE, 1, 1);
          assertThatThrownBy(run::begin).isInstanceOf(IOException.class);
          run.begin();

          assertThat(owners(hdfs, run)).containsExactly(run.owner());
        });
  }

  /** Else others would take it for dead as soon as they own what it had said before. */
  @Test
  void saysWhichStreamsItTakesOnceItCan() throws IOException {
    use(
        (hdfs, run) -> {
          run.begin();
          Faults.of(name).fail(Call.CREATE, 1, 1);
          assertThatThrownBy(() -> run.takes(Set.of(Scene.TWO))).isInstanceOf(IOException.class);
          run.takes(Set.of(Scene.TWO));

          assertThat(run.owner().streams()).containsExactlyInAnyOrder(Scene.ONE, Scene.TWO);
          assertThat(owners(hdfs, run)).containsExactly(run.owner());
        });
  }

  /** Users may have their files end in what they like. */
  @Test
  void takesNoFileInUseForAManifest() throws IOException {
    use(
        (hdfs, run) -> {
          assertThat(Run.isManifest(run.nextId() + Premises.MANIFEST)).isTrue();
          assertThat(Run.isManifest("FlumeData.1379203200123-5f3a9c1e-17.json")).isFalse();
        });
  }

  private static List<Owner> owners(HdfsClient hdfs, Run run) throws IOException {
    List<Owner> owners = new ArrayList<>();
    for (FileStatus file : hdfs.list(run.directory())) {
      if (Run.isOwner(file.getPath().getName())) {
        try (InputStream in = hdfs.read(file.getPath())) {
          owners.add(Owner.parse(in.readAllBytes()).orElseThrow());
        }
      }
    }
    return owners;
  }
}
