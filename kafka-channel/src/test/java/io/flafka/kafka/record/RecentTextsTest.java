package io.flafka.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RecentTextsTest {
  private final RecentTexts texts = new RecentTexts();

  private String read(int place, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return texts.read(place, ByteBuffer.wrap(bytes), bytes.length);
  }

  @Test
  void theSameTextIsTheSameObject() {
    String first = read(0, "wéb-1");

    assertThat(read(0, "wéb-1")).isEqualTo("wéb-1").isSameAs(first);
  }

  @Test
  void anotherTextIsAnother() {
    for (String text : new String[] {"web-1", "web-2", "web", "web-22", "", "web-1"}) {
      assertThat(read(0, text)).isEqualTo(text);
    }
  }

  @Test
  void eachPlaceHasItsOwn() {
    String name = read(0, "host");
    String value = read(1, "web-1");

    assertThat(read(0, "host")).isSameAs(name);
    assertThat(read(1, "web-1")).isSameAs(value);
    assertThat(read(1, "host")).isEqualTo("host");
    assertThat(read(1_000_000, "host")).isEqualTo("host");
  }

  @Test
  void longOnesAreReadAndNotKept() {
    String line = "x".repeat(5_000);

    assertThat(read(0, line)).isEqualTo(line).isNotSameAs(read(0, line));
  }

  @Test
  void whatIsReadBelongsToTheReader() {
    byte[] bytes = "web-1".getBytes(UTF_8);
    String first = texts.read(0, ByteBuffer.wrap(bytes), bytes.length);
    bytes[4] = '2';

    assertThat(texts.read(0, ByteBuffer.wrap(bytes), bytes.length)).isEqualTo("web-2");
    assertThat(first).isEqualTo("web-1");
  }

  @Test
  void itReadsThatManyBytesWhereTheBufferIs() {
    ByteBuffer direct = ByteBuffer.allocateDirect(8).put("aweb-1bc".getBytes(UTF_8)).flip();
    for (ByteBuffer buffer :
        new ByteBuffer[] {direct, ByteBuffer.wrap("aweb-1bc".getBytes(UTF_8))}) {
      ByteBuffer slice = buffer.position(1).slice();

      assertThat(texts.read(0, slice, 5)).isEqualTo("web-1");
      assertThat(slice.position()).isEqualTo(5);
    }
  }
}
