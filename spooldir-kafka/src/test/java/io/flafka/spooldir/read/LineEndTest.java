package io.flafka.spooldir.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LineEndTest {
  private static final LineEnd WIDE = new LineEnd(new byte[] {0, '\n'}, new byte[] {0, '\r'});

  private static int plainly(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  @Test
  void findsWhatAPlainLoopFinds() {
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        // The neighbours of a newline, and those with their sign turned, are what could deceive.
        bytes[i] = (byte) (random.nextInt(2) == 0 ? random.nextInt() : 9 + random.nextInt(3) * 127);
      }
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      assertThat(LineEnd.ASCII.find(bytes, from, to))
          .as("seed %d", seed)
          .isEqualTo(plainly(bytes, from, to));
    }
  }

  @Test
  void findsTheFirstOfSeveralAtEveryPlace() {
    for (int at = 0; at < 30; at++) {
      byte[] bytes = new byte[40];
      bytes[at] = '\n';
      bytes[at + 1] = '\n';
      bytes[at + 9] = '\n';
      assertThat(LineEnd.ASCII.find(bytes, 0, bytes.length)).isEqualTo(at);
      assertThat(LineEnd.ASCII.find(bytes, 0, at)).isEqualTo(-1);
    }
  }

  @Test
  void isNotDeceivedByHalvesOfTwoCharacters() {
    byte[] bytes = {'a', 0, '\n', 'b', 0, '\n', 0};

    assertThat(WIDE.find(bytes, 0, bytes.length)).isEqualTo(4);
    assertThat(WIDE.find(bytes, 0, 5)).isEqualTo(-1);
    assertThat(WIDE.find(bytes, 1, bytes.length)).isEqualTo(1);
  }
}
