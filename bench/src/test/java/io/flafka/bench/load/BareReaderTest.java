package io.flafka.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BareReaderTest {
  @TempDir private Path folder;

  @Test
  void findsEveryLineHoweverTheReadsFall() throws Exception {
    Path input = Files.createDirectory(folder.resolve("input"));
    Files.writeString(input.resolve("a"), "123456\n".repeat(400_000) + "no end");
    Files.writeString(input.resolve("b"), "\n\nx\n");
    TallyFile tally = TallyFile.open(folder.resolve("tally"));

    new BareReader(tally).readAll(input);

    assertThat(tally.read()).isEqualTo(new Tally(400_004, 2_400_007, 0, 0, 0));
  }
}
