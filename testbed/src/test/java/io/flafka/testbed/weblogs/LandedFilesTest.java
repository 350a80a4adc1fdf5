package io.flafka.testbed.weblogs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandedFilesTest {
  private static final String RUN = "_flafka/runs/hdfs-sink-5f3a9c1e/";

  @TempDir private java.nio.file.Path temporary;
  private java.nio.file.Path folder;
  private LandedFiles landed;

  @BeforeEach
  void startEmpty() throws IOException {
    // How the folder itself is called, and what is above it, hides nothing.
    folder = temporary.resolve("_above/.landing");
    landed =
        new LandedFiles(
            FileSystem.getLocal(new Configuration()),
            new Path(folder.toUri()),
            new LineTally()::out);
  }

  private void write(String file, String content) throws IOException {
    java.nio.file.Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  @Test
  void readsEachPublishedFileOnce() throws IOException {
    assertThat(landed.read()).as("nothing has landed").isZero();
    write("2013-09-15/00/FlumeData.1", "a\nb\n");
    assertThat(landed.read()).isEqualTo(2);
    write("2013-09-15/01/FlumeData.2", "c\n");

    assertThat(landed.read()).isEqualTo(3);
    assertThat(landed.visible()).isEqualTo(3);
  }

  @Test
  void passesOverWhatReadersPassOver() throws IOException {
    write("2013-09-15/00/FlumeData.1", "a\n");
    write(RUN + "FlumeData.2", "b\n");
    write("_flafka/history/2026-11-26/20260101T000000000Z-k1-0.json", "{}\n");
    write("2013-09-15/_temporary/0/part-0", "c\n");
    write("2013-09-15/00/.FlumeData.3", "d\n");
    write("_SUCCESS", "");

    assertThat(landed.read()).isEqualTo(1);
    assertThat(landed.visible()).isEqualTo(1);
    assertThat(landed.unfinished(true)).extracting(Path::getName).containsExactly("FlumeData.2");
  }

  @Test
  void aFileInUseCanBeSeenAndIsNotCounted() throws IOException {
    write("2013-09-15/00/FlumeData.1.tmp", "a\n");

    assertThat(landed.read()).isZero();
    assertThat(landed.visible()).isEqualTo(1);
    assertThat(landed.unfinished(false)).hasSize(1);
  }

  @Test
  void aRunsNoteIsLeftoverOnceNobodyRuns() throws IOException {
    write("2013-09-15/00/FlumeData.1", "a\n");
    write(RUN + "owner-1", "web1 4711 0\n");

    assertThat(landed.unfinished(true)).isEmpty();
    assertThat(landed.unfinished(false)).extracting(Path::getName).containsExactly("owner-1");
  }

  @Test
  void whatIsBeingClearedAwayIsUnfinished() throws IOException {
    write("_flafka/cleared/hdfs-sink-1/FlumeData.1", "a\n");

    assertThat(landed.unfinished(true)).hasSize(1);
  }

  @Test
  void landsAsLongAsAManifestIsPending() throws IOException {
    write(RUN + "FlumeData.2", "b\n");
    assertThat(landed.pendingManifests()).isEmpty();

    write(RUN + "20261126T083841123Z-hdfs-sink-5f3a9c1e-0.json", "{}\n");
    assertThat(landed.pendingManifests()).hasSize(1);
  }
}
