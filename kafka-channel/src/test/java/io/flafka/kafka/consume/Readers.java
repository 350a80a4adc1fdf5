package io.flafka.kafka.consume;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What readers in tests are made with. */
final class Readers {
  static final ReaderSettings SETTINGS =
      new ReaderSettings(Duration.ZERO, new Beginning("earliest", () -> Instant.EPOCH), Gap.STOP);

  static final ReaderWatch UNWATCHED =
      new ReaderWatch() {
        @Override
        public void polled(long nanos) {}

        @Override
        public void committed(long nanos) {}

        @Override
        public void discarded() {}

        @Override
        public void lag(Map<String, Long> records) {}
      };

  private Readers() {}
}
