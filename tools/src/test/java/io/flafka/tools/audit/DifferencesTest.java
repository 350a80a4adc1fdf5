package io.flafka.tools.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DifferencesTest {
  private static Fingerprint fingerprint(List<String> lines) {
    Fingerprint fingerprint = new Fingerprint();
    for (String line : lines) {
      byte[] bytes = line.getBytes(UTF_8);
      fingerprint.add(bytes, 0, bytes.length);
    }
    return fingerprint;
  }

  /** As the audit does it: both twice, the second time what differs only. */
  private static List<String> differences(List<String> topic, List<String> files) {
    Differences differences = new Differences(fingerprint(topic).differences(fingerprint(files)));
    for (int i = 0; i < topic.size(); i++) {
      byte[] bytes = topic.get(i).getBytes(UTF_8);
      differences.inTopic("weblogs-0", i, bytes, 0, bytes.length);
    }
    for (String line : files) {
      byte[] bytes = line.getBytes(UTF_8);
      differences.inFile("f", bytes, 0, bytes.length);
    }
    return differences.sentences();
  }

  @Test
  void theOrderOfLinesDoesNotMatter() {
    assertThat(differences(List.of("a", "b", "b"), List.of("b", "a", "b"))).isEmpty();
  }

  @Test
  void namesWhatIsLost() {
    assertThat(differences(List.of("a", "b", "c"), List.of("a", "c")))
        .containsExactly("lost (1 in the topic, 0 in the files): weblogs-0 offset 1: b");
    assertThat(differences(List.of("a", "a"), List.of("a")))
        .containsExactly("lost (2 in the topic, 1 in the files): weblogs-0 offset 1: a");
  }

  @Test
  void namesWhatIsDoubledOrForeign() {
    assertThat(differences(List.of("a"), List.of("a", "a", "z")))
        .containsExactlyInAnyOrder(
            "doubled (1 in the topic, 2 in the files): f: a",
            "foreign (0 in the topic, 1 in the files): f: z");
  }

  @Test
  void oneInThePlaceOfAnotherIsSeen() {
    assertThat(differences(List.of("a", "b"), List.of("a", "a"))).hasSize(2);
  }

  @Test
  void ofManyOnlyTheFirstAreNamed() {
    List<String> many = IntStream.range(0, 10_000).mapToObj(i -> "l" + i).toList();
    List<String> named = differences(many, List.of());
    assertThat(named).hasSizeBetween(2, 200).last().isEqualTo("and more lines that differ");
  }
}
