package io.flafka.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.bench.load.LineCounter;
import io.flafka.bench.load.Tally;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandedFolderTest {
  @TempDir private Path folder;

  private LandedFolder landed() {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder.toUri());
    try {
      return new LandedFolder(FileSystem.getLocal(new Configuration()), path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes(text));
    }
    return out.toByteArray();
  }

  @Test
  void talliesEveryFileButThoseOfTheSinkItself() throws Exception {
    write("2013-09-15/00/x.1", bytes("one\ntwo\n"));
    write("2013-09-15/01/x.2.gz", gzip("three\n"));
    write("_flafka/runs/1/x.3", bytes("uncommitted\n"));
    write("2013-09-15/.x.4", bytes("hidden\n"));

    LineCounter expected = new LineCounter();
    expected.add(bytes("one"));
    expected.add(bytes("two"));
    expected.add(bytes("three"));
    assertThat(landed().tally()).isEqualTo(expected.tally()).isNotEqualTo(Tally.NONE);
  }

  @Test
  void measuresWhatIsFinished() throws Exception {
    write("part-1", bytes("one\n"));
    write(".part-2.inprogress.1", bytes("two\n"));
    write("access-3.log._COPYING_", bytes("three\n"));

    assertThat(landed().finishedBytes()).isEqualTo(4);
  }

  @Test
  void findsWhatIsFinished() throws Exception {
    write("a/x.1.tmp", bytes("one\n"));
    write("a/x.2", bytes("two\nthree\n"));
    write("_flafka/runs/1/x.3", bytes("uncommitted\n"));
    List<String> lines = new ArrayList<>();

    landed()
        .finished()
        .forEach(
            file ->
                landed()
                    .read(file, line -> lines.add(new String(line, StandardCharsets.US_ASCII))));

    assertThat(lines).containsExactly("two", "three");
  }

  @Test
  void findsNothingWhereThereIsNoFolderYet() throws Exception {
    org.apache.hadoop.fs.Path nowhere = new org.apache.hadoop.fs.Path(landed().path(), "nowhere");

    assertThat(new LandedFolder(landed().hdfs(), nowhere).finished()).isEmpty();
  }

  @Test
  void countsWhatIsInUse() throws Exception {
    write("a/x.1.tmp", bytes("one\n"));
    write("a/x.2", bytes("two\n"));

    assertThat(landed().inUse()).isEqualTo(1);
  }
}
