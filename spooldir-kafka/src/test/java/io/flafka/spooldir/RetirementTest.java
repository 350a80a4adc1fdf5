package io.flafka.spooldir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetirementTest {
  @TempDir Path dir;
  private TestSpool spool;

  @BeforeEach
  void open() {
    spool = new TestSpool(dir);
  }

  @Test
  void renamesAndNeverOverwrites() throws IOException {
    Renaming renaming = new Renaming(".DONE");
    for (String content : new String[] {"first", "second", "third"}) {
      renaming.retire(spool.write("a", content));
    }

    assertThat(spool.names()).containsExactly("a.DONE", "a.DONE.1", "a.DONE.2");
    assertThat(dir.resolve("a.DONE")).hasContent("first");
    assertThat(dir.resolve("a.DONE.2")).hasContent("third");
  }

  @Test
  void saysThatAFileIsGone() {
    assertThatThrownBy(() -> new Renaming(".DONE").retire(dir.resolve("a")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void deletes() throws IOException {
    new Deleting().retire(spool.write("a", "x"));

    assertThat(spool.names()).isEmpty();
  }

  @Test
  void marksAndLeavesTheFile() throws IOException {
    Path trackers = dir.resolve(".trackers/of/spool");
    Marking marking = new Marking(dir, trackers, ".DONE");
    Path file = spool.write("2013/a", "x");

    assertThat(marking.isRetired(file)).isFalse();
    marking.retire(file);
    marking.retire(file);

    assertThat(marking.isRetired(file)).isTrue();
    assertThat(file).hasContent("x");
    assertThat(Files.size(trackers.resolve("2013/a.DONE"))).isZero();
  }
}
