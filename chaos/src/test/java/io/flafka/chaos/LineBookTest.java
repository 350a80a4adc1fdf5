package io.flafka.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineBookTest {
  @TempDir private Path folder;
  private final LineBook book = new LineBook();

  private List<String> written(String name, int lines) throws IOException {
    Path file = folder.resolve(name);
    book.write(file, lines);
    return Files.readAllLines(file);
  }

  private long see(List<String> lines) throws IOException {
    String all = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    return book.see(new ByteArrayInputStream(all.getBytes(US_ASCII)));
  }

  @Test
  void everyLineThatWasSeenOnceInWhateverOrderIsNeitherLostNorDoubled() throws Exception {
    List<String> lines = new ArrayList<>(written("a", 1000));
    lines.addAll(written("b", 7));
    Collections.reverse(lines);
    assertThat(book.lost()).isEqualTo(1007);
    assertThat(see(lines)).isEqualTo(1007);
    assertThat(Stream.of(book.lost(), book.doubled(), book.foreign())).containsOnly(0L);
    assertThat(lines).doesNotHaveDuplicates();
  }

  @Test
  void countsWhatIsMissingWhatIsThereTwiceAndWhatIsTorn() throws Exception {
    List<String> lines = written("a", 10);
    see(lines.subList(0, 8));
    see(lines.subList(6, 8));
    String line = lines.get(9);
    see(List.of(line.substring(0, line.length() - 1), "", "junk", line.replace("/f0/", "/f7/")));
    assertThat(book.written()).isEqualTo(10);
    assertThat(book.lost()).isEqualTo(2);
    assertThat(book.doubled()).isEqualTo(2);
    assertThat(book.foreign()).isEqualTo(4);
  }

  @Test
  void knowsNoLineOfAFileThatCouldNotBeWritten() throws Exception {
    assertThatThrownBy(() -> book.write(folder.resolve("absent/a"), 10))
        .isInstanceOf(IOException.class);
    assertThat(book.written()).isZero();
    assertThat(book.lost()).isZero();
    assertThat(see(written("b", 3))).isEqualTo(3);
    assertThat(book.lost()).isZero();
  }

  @Test
  void spreadsTheLinesOfAFileOverTheDay() throws Exception {
    assertThat(written("a", 1000).stream().map(LineBookTest::hour).distinct()).hasSize(24);
  }

  private static String hour(String line) {
    int at = line.indexOf(":");
    return line.substring(at + 1, at + 3);
  }
}
