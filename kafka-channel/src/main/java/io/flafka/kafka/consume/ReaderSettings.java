package io.flafka.kafka.consume;

import java.time.Duration;

/**
 * How a reader reads.
 *
 * @param patience how long to wait for a record before saying that there is none
 * @param beginning where the group begins in a partition that is new to it
 * @param gap what to do where records are gone
 */
public record ReaderSettings(Duration patience, Beginning beginning, Gap gap) {}
