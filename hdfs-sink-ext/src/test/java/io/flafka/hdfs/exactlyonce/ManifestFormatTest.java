package io.flafka.hdfs.exactlyonce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.delivery.Span;
import io.flafka.hdfs.exactlyonce.ManifestFormat.TornManifestException;
import io.flafka.hdfs.exactlyonce.ManifestFormat.UnreadableManifestException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestFormatTest {
  private static final Manifest MANIFEST =
      new Manifest(
          "20261126T083841123Z-k1-5f3a9c1e-7",
          "k1 on web1",
          Map.of("flume/weblogs-0@id", new Span(3, 500)),
          List.of(
              new Manifest.Landed(
                  "hdfs://nn/weblogs/_flafka/runs/k1-5f3a9c1e/a",
                  "hdfs://nn/weblogs/\"ä\n/a",
                  1234,
                  56,
                  Map.of("flume/weblogs-0@id", new Span(3, 499)))));

  @Test
  void isReadAsItWasWritten() throws Exception {
    assertThat(ManifestFormat.parse(ManifestFormat.line(MANIFEST), "it")).isEqualTo(MANIFEST);
  }

  @Test
  void isOneLineThatSaysItsVersionFirst() {
    assertThat(new String(ManifestFormat.line(MANIFEST), UTF_8))
        .startsWith("{\"flafka\":1,\"id\":\"20261126T083841123Z-k1-5f3a9c1e-7\",")
        .matches("[^\n]+\n");
  }

  @Test
  void everyTearShows() {
    byte[] whole = ManifestFormat.line(MANIFEST);
    for (int length = 0; length < whole.length; length++) {
      byte[] torn = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ManifestFormat.parse(torn, "it"))
          .isInstanceOf(TornManifestException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"flafka\":2,\"id\":\"x\",\"sink\":\"\",\"taken\":{},\"files\":[]}\n",
        "{\"id\":\"x\",\"sink\":\"\",\"taken\":{},\"files\":[]}\n",
        "{\"flafka\":1,\"sink\":\"\",\"taken\":{},\"files\":[]}\n",
        "{\"flafka\":1,\"id\":\"x\",\"sink\":\"\",\"taken\":{},\"files\":[],\"more\":1}\n",
        "{\"flafka\":1,\"id\":\"x\",\"sink\":\"\",\"taken\":{\"s\":{\"from\":2,\"to\":1}},"
            + "\"files\":[]}\n",
        "{}\n",
        "[]\n",
        "no JSON\n",
        "\n",
      })
  void whatIsNoManifestOfThisVersionIsNotGuessedAt(String text) {
    assertThatThrownBy(() -> ManifestFormat.parse(text.getBytes(UTF_8), "it"))
        .isExactlyInstanceOf(UnreadableManifestException.class)
        .hasMessageStartingWith("it is ");
  }
}
