package io.flafka.hdfs.atleastonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.hdfs.Rig;
import io.flafka.hdfs.file.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sink does with files that a dead one had in use. */
class SalvageTest {
  @TempDir private Path base;
  private Rig rig;

  @BeforeEach
  void prepare() {
    rig = new Rig(base);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  /** Leaves a note of a file in use, and the file itself. */
  private void die(String name, String content) throws IOException {
    dieWithoutFile(name);
    Files.writeString(rig.folder.resolve(name + ".tmp"), content);
  }

  private void dieWithoutFile(String name) throws IOException {
    String uri = "faulty://" + rig.name + rig.folder + "/" + name;
    try (Registry registry = Registry.open(rig.registry, "dead-" + name)) {
      registry.opening(
          new FileNames.Names(
              new org.apache.hadoop.fs.Path(uri), new org.apache.hadoop.fs.Path(uri + ".tmp")));
    }
  }

  @Test
  void publishesWhatHasContent() throws Exception {
    die("a", "one\ntwo\n");

    rig.start().process();

    assertThat(rig.folder.resolve("a")).hasContent("one\ntwo\n");
    assertThat(rig.inUse()).isEmpty();
  }

  @Test
  void deletesWhatIsEmpty() throws Exception {
    die("a", "");

    rig.start().process();

    assertThat(rig.files(name -> true)).isEmpty();
  }

  @Test
  void settlesWhatWasNeverCreatedOrHadLanded() throws Exception {
    dieWithoutFile("never");
    dieWithoutFile("landed");
    Files.writeString(rig.folder.resolve("landed"), "one\n");

    rig.start().process();
    rig.close();

    assertThat(rig.publishedLines()).containsExactly("one");
    assertThat(rig.registry).isEmptyDirectory();
  }

  @Test
  void neverOverwrites() throws Exception {
    die("a", "mine\n");
    Files.writeString(rig.folder.resolve("a"), "theirs\n");

    rig.start().process();

    assertThat(rig.folder.resolve("a")).hasContent("theirs\n");
    assertThat(rig.folder.resolve("a.tmp")).hasContent("mine\n");
  }

  @Test
  void doesNotStandInTheWayOfEvents() throws Exception {
    die("a", "mine\n");
    Files.writeString(rig.folder.resolve("a"), "theirs\n");
    rig.put("web1", "event");

    rig.start().process();
    rig.close();

    assertThat(rig.publishedLines()).contains("event");
  }
}
