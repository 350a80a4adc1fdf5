/**
 * How far each stream has been committed, in a compacted topic beside the events.
 *
 * <p>A ledger belongs to a transactional id, which one channel uses at a time; many share one
 * ledger topic. Its entries are written in the same Kafka transactions as the events, by {@link
 * io.flafka.kafka.produce.ExactlyOnceSender}, so that they are there exactly if the events are.
 * {@link io.flafka.kafka.ledger.LedgerFormat} draws the records.
 */
@NullMarked
package io.flafka.kafka.ledger;

import org.jspecify.annotations.NullMarked;
