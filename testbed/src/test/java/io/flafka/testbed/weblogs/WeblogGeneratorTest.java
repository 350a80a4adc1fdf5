package io.flafka.testbed.weblogs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeblogGeneratorTest {
  private static List<String> lines(long seed, int count) {
    WeblogGenerator generator = new WeblogGenerator(seed, count);
    List<String> lines = new ArrayList<>();
    while (generator.hasNext()) {
      lines.add(generator.next());
    }
    return lines;
  }

  @Test
  void makesTheSameLinesFromTheSameSeed() {
    assertThat(lines(7, 1_000)).isEqualTo(lines(7, 1_000)).isNotEqualTo(lines(8, 1_000));
  }

  @Test
  void writesTheFormatOfTheCourse() {
    assertThat(lines(7, 1_000))
        .hasSize(1_000)
        .allMatch(
            line ->
                line.matches(
                    "\\d+\\.\\d+\\.\\d+\\.\\d+ - \\d+ \\[15/Sep/2013:\\d\\d:\\d\\d:\\d\\d"
                        + " \\+0100\\] \"GET /\\S+ HTTP/1\\.0\" \\d{3} \\d+"
                        + " \"http://www\\.loudacre\\.com\"  \"Loudacre [^\"]+\""));
  }

  @Test
  void spreadsTheLinesOverTheDay() {
    List<String> lines = lines(7, 24);

    assertThat(lines.get(0)).contains("[15/Sep/2013:00:00:00 +0100]");
    assertThat(lines.get(23)).contains("[15/Sep/2013:23:00:00 +0100]");
  }

  @Test
  void endsAFileAtTheLimit(@TempDir Path folder) throws IOException {
    WeblogGenerator generator = new WeblogGenerator(7, 5);

    assertThat(generator.write(folder.resolve("1"), 3)).isEqualTo(3);
    assertThat(generator.write(folder.resolve("2"), 3)).isEqualTo(2);
    assertThat(generator.hasNext()).isFalse();
    List<String> written = new ArrayList<>(Files.readAllLines(folder.resolve("1")));
    written.addAll(Files.readAllLines(folder.resolve("2")));
    assertThat(written).isEqualTo(lines(7, 5));
  }
}
