package io.flafka.weblog.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class QuotesTest {
  private static final byte[] ALPHABET = {'a', ' ', '!', '#', '"', '\\', '[', ']', 0, -1, -94, -36};

  @Test
  void findsWhatALoopFinds() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        boolean any = random.nextInt(4) == 0;
        bytes[i] = any ? ALPHABET[random.nextInt(ALPHABET.length)] : (byte) 'x';
      }
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      assertThat(Quotes.find(bytes, from, to)).as("seed %s", seed).isEqualTo(loop(bytes, from, to));
    }
  }

  @Test
  void findsNothingBehindTheEnd() {
    assertThat(Quotes.find(new byte[] {34}, 1, 1)).isEqualTo(1);
    assertThat(Quotes.find(new byte[3], 5, 3)).isGreaterThanOrEqualTo(3);
  }

  private static int loop(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '"' || bytes[i] == '\\') {
        return i;
      }
    }
    return to;
  }
}
