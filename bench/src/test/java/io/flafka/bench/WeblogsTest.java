package io.flafka.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.bench.load.LineCounter;
import io.flafka.bench.load.Tally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeblogsTest {
  @TempDir private Path folder;

  private static Tally tallyOf(Path folder) throws IOException {
    LineCounter counter = new LineCounter();
    for (Path file : files(folder)) {
      for (String line : Files.readAllLines(file)) {
        counter.add(line.getBytes(StandardCharsets.US_ASCII));
      }
    }
    return counter.tally();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void knowWhatIsInTheFiles() throws Exception {
    Weblogs weblogs = Weblogs.write(folder.resolve("a"), 250, 100);

    assertThat(weblogs.lines()).isEqualTo(250);
    assertThat(weblogs.tally().stamped()).isEqualTo(250);
    assertThat(files(folder.resolve("a"))).hasSize(3);
    assertThat(tallyOf(folder.resolve("a"))).isEqualTo(weblogs.tally().withoutStamps());
  }

  @Test
  void giveAsManyWholeFilesAsItTakes() throws Exception {
    Weblogs weblogs = Weblogs.write(folder.resolve("a"), 250, 100);
    Path links = Files.createDirectory(folder.resolve("b"));

    weblogs.first(101).linkInto(links);

    assertThat(weblogs.first(101).lines()).isEqualTo(200);
    assertThat(weblogs.first(250).lines()).isEqualTo(250);
    assertThat(tallyOf(links)).isEqualTo(weblogs.first(200).tally().withoutStamps());
  }

  @Test
  void comeInOneFile() throws Exception {
    Weblogs weblogs = Weblogs.write(folder.resolve("a"), 250, 100);

    weblogs.joinInto(Files.createDirectory(folder.resolve("b")).resolve("all.log"));

    assertThat(files(folder.resolve("b"))).hasSize(1);
    assertThat(tallyOf(folder.resolve("b"))).isEqualTo(weblogs.tally().withoutStamps());
  }

  @Test
  void areAsLongAsTheyShallBe() throws Exception {
    for (int length : new int[] {50, 1_000}) {
      Path lines = folder.resolve("length-" + length);
      Weblogs weblogs = Weblogs.write(lines, 20, 10, length);

      assertThat(weblogs.tally().bytes()).isEqualTo(20L * length);
      assertThat(tallyOf(lines)).isEqualTo(weblogs.tally().withoutStamps());
      assertThat(Files.readAllLines(weblogs.paths().get(0)))
          .hasSize(10)
          .allMatch(line -> line.length() == length);
    }
  }

  @Test
  void comeAgainUnderOtherNames() throws Exception {
    Weblogs weblogs = Weblogs.write(folder.resolve("a"), 250, 100);
    Path links = Files.createDirectory(folder.resolve("b"));

    Tally tally = weblogs.linkInto(links, "again", 7);

    assertThat(files(links)).hasSize(7).last().isEqualTo(links.resolve(Weblogs.name("again", 6)));
    assertThat(tallyOf(links)).isEqualTo(tally.withoutStamps());
  }

  @Test
  void knowTheTimeInALine() {
    assertThat(new Stamps().of("1.2.3.4 - 7 [15/Sep/2013:23:59:53 +0100] \"GET /[x] HTTP/1.0\""))
        .isEqualTo("1379285993000");
  }
}
