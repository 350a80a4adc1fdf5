package io.flafka.hdfs.bucket;

/**
 * The time of an event, as a {@link Template} sees it.
 *
 * @param millis since the epoch, rounded down as configured
 * @param raw the timestamp header as it came, not rounded
 */
record Moment(long millis, String raw) {}
