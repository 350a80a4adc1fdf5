package io.flafka.kafka.consume;

import java.util.Map;

/** Is told what a reader does, on the reader's thread. */
public interface ReaderWatch {
  /** The cluster was asked for records. */
  void polled(long nanos);

  /** What was taken was prepared, committed and published. */
  void committed(long nanos);

  /** What was made of uncommitted events was discarded. */
  void discarded();

  /** How many records are waiting, by partition. */
  void lag(Map<String, Long> records);
}
