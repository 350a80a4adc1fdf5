package io.flafka.hdfs.exactlyonce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerTest {
  private final Owner here = Owner.here();

  @Test
  void isReadAsItWasWritten() {
    Owner owner = here.taking(List.of("a", "b")).taking(List.of("b", "c"));
    assertThat(owner.streams()).isEqualTo(Set.of("a", "b", "c"));
    assertThat(Owner.parse(owner.text())).contains(owner);
    assertThat(Owner.parse(here.text())).contains(here);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "web1 17", "web1 17 3", "web1 x 3\n", "web1 17 3\nstream"})
  void isNotReadIfItIsTorn(String text) {
    assertThat(Owner.parse(text.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void isGoneIfItsProcessIsGoneFromThisHost() throws Exception {
    assertThat(here.isGone(here)).isFalse();
    Process ended = new ProcessBuilder("true").start();
    long pid = ended.pid();
    ended.waitFor();
    assertThat(new Owner(here.host(), pid, 1, Set.of()).isGone(here)).isTrue();
    assertThat(new Owner("elsewhere", pid, 1, Set.of()).isGone(here)).isFalse();
  }

  @Test
  void isGoneIfAnotherProcessHasItsNumber() {
    long earlier = here.began() - Duration.ofMinutes(5).toMillis();
    assertThat(new Owner(here.host(), here.process(), earlier, Set.of()).isGone(here)).isTrue();
  }

  /** When a process began is told by the clock, which may have been set since. */
  @Test
  void isNotGoneIfTheClockWasSet() {
    long shifted = here.began() + Duration.ofSeconds(30).toMillis();
    assertThat(new Owner(here.host(), here.process(), shifted, Set.of()).isGone(here)).isFalse();
  }

  @Test
  void isNotKnownToBeGoneIfHostsHaveNoNames() {
    Owner unknown = new Owner("unknown", 1 << 30, 1, Set.of());
    assertThat(unknown.isGone(unknown)).isFalse();
  }
}
