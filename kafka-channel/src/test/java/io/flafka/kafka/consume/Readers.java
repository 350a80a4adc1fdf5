package io.flafka.kafka.consume;

import io.flafka.kafka.record.HeaderChoice;
import io.flafka.kafka.record.Origin;
import io.flafka.kafka.record.RecordMapping;
import io.flafka.kafka.record.ValueFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What readers in tests are made with. */
final class Readers {
  static final ReaderSettings SETTINGS =
      new ReaderSettings(Duration.ZERO, new Beginning("earliest", () -> Instant.EPOCH), Gap.STOP);

  static final Content LINES =
      new Content(
          ValueFormat.RAW,
          partition ->
              new Origin(
                  partition.toString(),
                  new RecordMapping(RecordMapping.Time.NONE, null, false, HeaderChoice.NONE)),
          new Undecodable.Stop("nowhere:9092", "flume", "parseAsFlumeEvent = false"));

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
