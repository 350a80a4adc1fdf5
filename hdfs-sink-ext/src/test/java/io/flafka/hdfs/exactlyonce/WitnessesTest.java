package io.flafka.hdfs.exactlyonce;

import static io.flafka.hdfs.exactlyonce.Witnesses.Verdict.ABORTED;
import static io.flafka.hdfs.exactlyonce.Witnesses.Verdict.ABORTED_UNLESS_PUBLISHED;
import static io.flafka.hdfs.exactlyonce.Witnesses.Verdict.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.delivery.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of manifests that none of our streams' last commits names. */
class WitnessesTest {
  private static Manifest of(String... streams) {
    Map<String, Span> taken = new HashMap<>();
    for (String stream : streams) {
      taken.put(stream, new Span(0, 10));
    }
    return new Manifest("id", "k1", taken, List.of());
  }

  @Test
  void aStreamWhoseLastCommitBearsAnotherNoteIsProof() {
    Witnesses witnesses = new Witnesses(Set.of("a"), Map.of("a", "another"));
    assertThat(witnesses.of(of("a"))).isEqualTo(ABORTED);
    assertThat(witnesses.of(of("a", "not ours"))).isEqualTo(ABORTED);
  }

  @Test
  void aStreamThatWasResetOrForgottenIsNoneForTheOthersAndAPublicationThatHasBegunIsAnother() {
    Witnesses witnesses = new Witnesses(Set.of("a"), Map.of());
    assertThat(witnesses.of(of("a"))).isEqualTo(ABORTED_UNLESS_PUBLISHED);
    assertThat(witnesses.of(of("a", "not ours"))).isEqualTo(UNKNOWN);
  }

  @Test
  void theStreamsOfOthersSayNothing() {
    Witnesses witnesses = new Witnesses(Set.of("a"), Map.of("a", "note"));
    assertThat(witnesses.of(of("not ours"))).isEqualTo(UNKNOWN);
    assertThat(new Witnesses(Set.of(), Map.of()).of(of("a"))).isEqualTo(UNKNOWN);
  }
}
