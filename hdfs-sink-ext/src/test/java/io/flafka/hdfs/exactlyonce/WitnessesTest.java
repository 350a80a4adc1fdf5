package io.flafka.hdfs.exactlyonce;

import static io.flafka.hdfs.exactlyonce.Witnesses.Verdict.ABORTED;
import static io.flafka.hdfs.exactlyonce.Witnesses.Verdict.ABORTED_UNLESS_PUBLISHED;
import static io.flafka.hdfs.exactlyonce.Witnesses.Verdict.PASSED_OVER;
import static io.flafka.hdfs.exactlyonce.Witnesses.Verdict.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.delivery.LastCommit;
import io.flafka.delivery.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of manifests that none of our streams' last commits names. */
class WitnessesTest {
  private static final Map<String, LastCommit> A_NOTE =
      Map.of("a", new LastCommit(20, Optional.of("another")));

  private static Manifest of(String... streams) {
    Map<String, Span> taken = new HashMap<>();
    for (String stream : streams) {
      taken.put(stream, new Span(0, 10));
    }
    return new Manifest("id", "k1", taken, List.of());
  }

  private static Witnesses reset(long a, long b) {
    return new Witnesses(
        Set.of("a", "b", "c"),
        Map.of("a", new LastCommit(a, Optional.empty()), "b", new LastCommit(b, Optional.empty())));
  }

  @Test
  void aStreamWhoseLastCommitBearsAnotherNoteIsProof() {
    Witnesses witnesses = new Witnesses(Set.of("a"), A_NOTE);
    assertThat(witnesses.of(of("a"))).isEqualTo(ABORTED);
    assertThat(witnesses.of(of("a", "not ours"))).isEqualTo(ABORTED);
  }

  @Test
  void aStreamThatWasForgottenIsNoneForTheOthersAndAPublicationThatHasBegunIsAnother() {
    Witnesses witnesses = new Witnesses(Set.of("a"), Map.of());
    assertThat(witnesses.of(of("a"))).isEqualTo(ABORTED_UNLESS_PUBLISHED);
    assertThat(witnesses.of(of("a", "not ours"))).isEqualTo(UNKNOWN);
  }

  @Test
  void whatDoesNotComeAgainMayHaveBeenCommittedAndWhatDoesComeAgainIsNotMissed() {
    assertThat(reset(10, 11).of(of("a", "b"))).isEqualTo(PASSED_OVER);
    assertThat(reset(9, 11).of(of("a", "b"))).isEqualTo(ABORTED_UNLESS_PUBLISHED);
    assertThat(reset(10, 11).of(of("a", "b", "c"))).isEqualTo(ABORTED_UNLESS_PUBLISHED);
    assertThat(reset(10, 11).of(of("a", "not ours"))).isEqualTo(UNKNOWN);
  }

  @Test
  void theStreamsOfOthersSayNothing() {
    assertThat(new Witnesses(Set.of("a"), A_NOTE).of(of("not ours"))).isEqualTo(UNKNOWN);
    assertThat(Witnesses.NONE.of(of("a"))).isEqualTo(UNKNOWN);
  }
}
