package io.flafka.hdfs.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was killed while it wrote whose it is. */
class TornOwnerTest {
  private final Owner here = Owner.here();

  @TempDir private Path folder;

  private Path torn(Scene scene, Owner owner) throws IOException {
    Path run = scene.root.resolve("_flafka/runs/k1-" + owner.process());
    Files.createDirectories(run);
    return Files.createFile(run.resolve("owner-0-" + owner.mark()));
  }

  private static long endedProcess() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    return ended.pid();
  }

  @Test
  void isClearedAwayByTheNextOnThatHost() throws Exception {
    Scene scene = new Scene(folder);
    Path gone = torn(scene, new Owner(here.host(), endedProcess(), 1, Set.of()));
    Path elsewhere = torn(scene, new Owner("some-other-host", 4711, 1, Set.of()));
    Path alive = torn(scene, here);

    scene.put(8);
    scene.finish();

    assertThat(gone).doesNotExist();
    assertThat(elsewhere).exists();
    assertThat(alive).exists();
  }

  @Test
  void isKnownByTheFilesNameAlone() {
    assertThat(Run.ownerByName("owner-12-" + here.mark())).contains(here);
    assertThat(Run.ownerByName("owner-12-web-1.example.org-4711-1764144521000"))
        .contains(new Owner("web-1.example.org", 4711, 1764144521000L, Set.of()));
    assertThat(Run.ownerByName("owner-12")).isEmpty();
    assertThat(Run.ownerByName("owner-12-web1")).isEmpty();
  }
}
