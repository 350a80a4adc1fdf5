package io.flafka.hdfs.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.hdfs.faults.Faults.Call;
import io.flafka.hdfs.faults.Faults.How;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {
  @TempDir private Path folder;

  /** An agent is paused between its commit and the first rename. */
  @Test
  void isDoneIfAnotherAgentDidItWhateverUsersDidToTheFilesSince() throws Exception {
    Scene scene = new Scene(folder);
    scene.put(20);
    Scene.Agent paused = scene.agent();
    scene.faults.fail(Call.RENAME, How.BEFORE, 1, 1000, "");
    paused.process(2);
    scene.faults.heal();
    Path merged = scene.targets(scene.manifests().get(0)).get(0);
    Scene.Agent successor = scene.agent();
    successor.process(2);
    successor.stop();
    Files.delete(merged);
    List<Path> published = scene.published();

    assertThat(paused.process(3)).as("failures").isZero();

    paused.stop();
    assertThat(scene.published()).isEqualTo(published);
    assertThat(scene.manifests()).isEmpty();
  }
}
