package io.flafka.hdfs.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.hdfs.bucket.Bucket;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class FileNamesTest {
  private static final Bucket BUCKET =
      new Bucket("/weblogs/2013-09-15", "FlumeData", false, null, 0);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochMilli(1379203200123L));

  @Test
  void looksAsDocumented() {
    FileNames names = new FileNames(new NamePattern(".log", "_", ".tmp"), CLOCK, "5f3a9c1e");
    names.next(BUCKET);
    FileNames.Names second = names.next(BUCKET);
    assertThat(second.published())
        .hasToString("/weblogs/2013-09-15/FlumeData.1379203200123-5f3a9c1e-1.log");
    assertThat(second.inUse())
        .hasToString("/weblogs/2013-09-15/_FlumeData.1379203200123-5f3a9c1e-1.log.tmp");
  }

  @Test
  void isOneNameWithoutPrefixAndSuffix() {
    FileNames.Names only =
        new FileNames(new NamePattern("", "", ""), CLOCK, "5f3a9c1e").next(BUCKET);
    assertThat(only.inUse()).isEqualTo(only.published());
  }
}
