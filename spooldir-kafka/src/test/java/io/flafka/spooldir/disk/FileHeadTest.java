package io.flafka.spooldir.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHeadTest {
  @TempDir private Path dir;

  private Path file(String content) throws IOException {
    return Files.writeString(dir.resolve("file"), content);
  }

  private FileHead head(String content) throws IOException {
    return FileHead.of(file(content));
  }

  @Test
  void isOfWhatBeginsSoAndIsLonger() throws Exception {
    for (int size : new int[] {1, 15, 16, 17, 100, 4095, 4096, 4097, 10_000}) {
      String content = "x".repeat(size);
      assertThat(head(content).isOf(file(content))).isTrue();
      assertThat(head(content).isOf(file(content + "y"))).isTrue();
      assertThat(head(content).isOf(file(content + "y".repeat(5_000)))).isTrue();
    }
  }

  @Test
  void isNotOfWhatBeginsOtherwise() throws Exception {
    for (int size : new int[] {1, 15, 16, 17, 100, 4095, 4096, 10_000}) {
      String content = "x".repeat(size);
      int differs = Math.min(size, 4096) - 1;
      String other = "x".repeat(differs) + "y" + "x".repeat(5_000);
      assertThat(head(content).isOf(file(other))).as("%d bytes", size).isFalse();
    }
  }

  @Test
  void isOfWhatWasCutOffAndNotOfAnotherThatIsShorter() throws Exception {
    FileHead head = head("x".repeat(10_000));
    for (int size : new int[] {16, 17, 63, 64, 300, 5_000}) {
      assertThat(head.isOf(file("x".repeat(size)))).isTrue();
      assertThat(head.isOf(file("y" + "x".repeat(size - 1)))).isFalse();
    }
  }

  @Test
  void ofTheSmallestItCantBeTold() throws Exception {
    assertThat(head("x".repeat(100)).isOf(file("y".repeat(15)))).isTrue();
    assertThat(head("").isOf(file("y"))).isTrue();
    assertThat(FileHead.UNKNOWN.isOf(file("y".repeat(100)))).isTrue();
  }

  @Test
  void isReadBackAsItIsWritten() throws Exception {
    assertThat(head("123456789"))
        .hasToString("9:cbf43926") // the check value of CRC-32
        .isEqualTo(FileHead.parse("9:cbf43926"));
    assertThat(head("x".repeat(5_000)).toString().split(",")).hasSize(5);
    assertThat(FileHead.parse(head("x".repeat(5_000)).toString()))
        .isEqualTo(head("x".repeat(5_000)));
    assertThat(FileHead.UNKNOWN).hasToString("-").isEqualTo(FileHead.parse("-"));
  }
}
