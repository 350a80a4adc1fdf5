package io.flafka.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyFileTest {
  private static final Tally SOME = new Tally(1, 200, -3, 1, 5);

  @TempDir private Path folder;

  @Test
  void showsToOneWhatAnotherCounts() {
    TallyFile seen = TallyFile.open(folder.resolve("tally"));
    TallyFile counted = TallyFile.open(folder.resolve("tally"));

    assertThat(seen.read()).isEqualTo(Tally.NONE);
    counted.add(SOME);
    counted.add(SOME);

    assertThat(seen.lines()).isEqualTo(2);
    assertThat(seen.read()).isEqualTo(SOME.plus(SOME)).isEqualTo(new Tally(2, 400, -6, 2, 10));
  }

  @Test
  void goesOnWhereItWas() {
    TallyFile.open(folder.resolve("tally")).add(SOME);

    TallyFile.open(folder.resolve("tally")).add(SOME);

    assertThat(TallyFile.open(folder.resolve("tally")).lines()).isEqualTo(2);
  }
}
