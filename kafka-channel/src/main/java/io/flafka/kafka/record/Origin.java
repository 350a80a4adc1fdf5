package io.flafka.kafka.record;

/**
 * Where the events of one partition come from.
 *
 * @param stream the name of the partition as a stream of positions
 * @param mapping what of a record becomes headers
 */
public record Origin(String stream, RecordMapping mapping) {}
