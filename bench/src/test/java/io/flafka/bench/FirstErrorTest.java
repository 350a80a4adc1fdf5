package io.flafka.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FirstErrorTest {
  private static final String INFO = "2026-11-23 00:00:00,000 INFO  [main] o.a.f.A - no ERRORs";
  private static final String ERROR = "2026-11-23 00:00:01,000 ERROR [main] o.a.f.B - Broken";

  @Test
  void tellsTheFirstErrorAndItsException() {
    assertThat(
            FirstError.in(
                List.of(INFO, ERROR, "io.flafka.OddException: it is odd", "\tat x", ERROR + "2")))
        .contains("ERROR [main] o.a.f.B - Broken io.flafka.OddException: it is odd");
  }

  @Test
  void takesNoOtherLineForAnException() {
    assertThat(FirstError.in(List.of(ERROR, INFO))).contains("ERROR [main] o.a.f.B - Broken");
    assertThat(FirstError.in(List.of(ERROR))).contains("ERROR [main] o.a.f.B - Broken");
  }

  @Test
  void isSilentWithoutAnError() {
    assertThat(FirstError.in(List.of(INFO))).isEmpty();
  }
}
