package io.flafka.kafka.consume;

import io.flafka.kafka.record.Origin;
import io.flafka.kafka.record.ValueFormat;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * What a reader makes of records.
 *
 * @param values what is in their values
 * @param origins what a partition's events are told about where they come from; asked once for all
 *     that one poll returned of it
 * @param undecodable what becomes of records that hold no event
 */
public record Content(
    ValueFormat values, Function<TopicPartition, Origin> origins, Undecodable undecodable) {}
