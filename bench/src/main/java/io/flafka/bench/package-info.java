/**
 * {@code ./bench.sh}: our components measured beside stock Flume's, in one run on one machine.
 *
 * <p>A {@link io.flafka.bench.Scenario} is a way through a component, the same for all of its
 * {@link io.flafka.bench.Subject}s. The subjects take turns: each is started afresh in a {@link
 * io.flafka.bench.Rig}, watched by a {@link io.flafka.bench.Watch} from outside, through the
 * broker's offsets or the tally of the channel behind it, and the process's CPU time, and then
 * checked for every event having arrived once. Small files are measured otherwise, by a {@link
 * io.flafka.bench.Backlog}, and single lines by a {@link io.flafka.bench.Trickle}. {@link
 * io.flafka.bench.Steady} is what counts, {@link io.flafka.bench.Table} what is shown.
 */
@NullMarked
package io.flafka.bench;

import org.jspecify.annotations.NullMarked;
