package io.flafka.spooldir.disk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableTest {
  @TempDir Path dir;

  @Test
  void findsAFreeNameWithoutAskingForAllThatAreTaken() {
    for (int taken = 0; taken < 300; taken++) {
      int first = taken;
      AtomicInteger asked = new AtomicInteger();

      Path free =
          Durable.free(
              number -> dir.resolve(Integer.toString(number)),
              path -> {
                asked.incrementAndGet();
                return Integer.parseInt(path.getFileName().toString()) < first;
              });

      assertThat(free).isEqualTo(dir.resolve(Integer.toString(first)));
      assertThat(asked).hasValueLessThan(20);
    }
  }

  @Test
  void writesOverNoFileThatInputMayBeCalled() throws IOException {
    Path neighbour = Files.writeString(dir.resolve("a.tmp"), "delivered, and archived here");

    Durable.replace(dir.resolve("a"), "x".getBytes(US_ASCII));

    assertThat(neighbour).hasContent("delivered, and archived here");
    assertThat(dir).isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
  }
}
