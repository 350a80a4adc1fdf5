/**
 * The producing side, which the channel, the sink and the dead letters share.
 *
 * <p>A {@link io.flafka.kafka.produce.RecordSender} takes {@link io.flafka.kafka.produce.Batch}es
 * from any number of threads; what it was given is acknowledged by the cluster when it returns. A
 * {@link io.flafka.kafka.produce.RecordCheck} finds what can never be sent before anything is.
 *
 * <p>Exactly once (hop 1 of the design): an {@link io.flafka.kafka.produce.Ownership} of a
 * transactional id gives out {@link io.flafka.kafka.produce.Epoch}s, each one producer with the
 * ledger as it found it; {@link io.flafka.kafka.produce.ExactlyOnceSender} throws an epoch away
 * after any failure, and asks the next one's ledger what came of it.
 */
@NullMarked
package io.flafka.kafka.produce;

import org.jspecify.annotations.NullMarked;
