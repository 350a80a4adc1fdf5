package io.flafka.hdfs.format.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.config.Settings;
import io.flafka.hdfs.format.ParquetFormat;
import io.flafka.hdfs.format.Written;
import io.flafka.testbed.weblogs.WeblogGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flume.Context;
import org.junit.jupiter.api.Test;

class RowGroupMemoryTest {
  private static ParquetFiles files(long limit) {
    return ParquetFiles.parse(
        new Settings("sink k1", new Context(Map.of("parquet.memory", String.valueOf(limit)))));
  }

  private static List<Written> open(ParquetFiles files, int count) throws Exception {
    List<Written> open = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      open.add(new Written(new ParquetFormat(files)));
    }
    return open;
  }

  @Test
  void boundsAllOpenFilesTogether() throws Exception {
    long limit = 40 << 20;
    ParquetFiles files = files(limit);
    List<Written> open = open(files, 100);
    WeblogGenerator lines = new WeblogGenerator(7, 60_000);
    SplittableRandom random = new SplittableRandom(7);
    long most = 0;
    for (int i = 0; lines.hasNext(); i++) {
      // A few get most of the lines.
      int file = random.nextInt(1 + random.nextInt(open.size()));
      open.get(file).append(Written.event(lines.next().getBytes(UTF_8)));
      if (i % 100 == 0) {
        most = Math.max(most, files.memory().taken());
      }
    }

    assertThat(most).isBetween(limit / 2, limit + limit / 8);
    assertThat(open).anyMatch(file -> file.output.position() > 4);
    for (Written file : open) {
      file.writer.finish();
    }
    assertThat(files.memory().taken()).isZero();
  }

  @Test
  void boundsThoseThatComeOneAfterTheOther() throws Exception {
    long limit = 16 << 20;
    ParquetFiles files = files(limit);
    WeblogGenerator lines = new WeblogGenerator(7, 40_000);
    List<Written> open = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      open.addAll(open(files, 1));
      for (int j = 0; j < 1_000; j++) {
        open.get(i).append(Written.event(lines.next().getBytes(UTF_8)));
      }
      assertThat(files.memory().taken()).isLessThan(limit + limit / 8);
    }
  }

  @Test
  void letsALoneFileHaveHalfOfIt() throws Exception {
    long limit = 4 << 20;
    ParquetFiles files = files(limit);
    Written file = open(files, 1).get(0);
    WeblogGenerator lines = new WeblogGenerator(7, 1_000_000);
    long taken = 0;
    while (file.output.position() == 4) {
      taken = files.memory().taken();
      for (int i = 0; i < 100; i++) {
        file.append(Written.event(lines.next().getBytes(UTF_8)));
      }
    }
    assertThat(taken).isBetween(limit / 3, limit / 2 + limit / 8);
  }
}
