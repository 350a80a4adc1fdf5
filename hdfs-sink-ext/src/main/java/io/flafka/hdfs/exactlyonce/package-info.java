/**
 * Unloading from roll to roll: what was taken is committed in the same atomic step as the files
 * that it became, so that nothing is lost and nothing is doubled.
 *
 * <ol>
 *   <li><i>write</i>: {@link io.flafka.hdfs.exactlyonce.ExactlyOnce} takes events into a {@code
 *       Shipment}, one staged file for each bucket, in the directory of this {@code Run}, which no
 *       reader looks into;
 *   <li><i>prepare</i>: all of them are closed, and a {@link io.flafka.hdfs.exactlyonce.Manifest}
 *       is written;
 *   <li><i>commit</i>: the channel commits its offsets with the manifest's URI as their note;
 *   <li><i>publish</i>: the files get their final names, and the manifest moves to the {@code
 *       History};
 *   <li><i>recover</i>: the next owner of a stream finishes what the note of its last commit names,
 *       and deletes what no commit names.
 * </ol>
 *
 * <p>The commit is the only step that decides. Everything before it can be thrown away, and
 * everything after it can be done again, by anybody.
 */
@NullMarked
package io.flafka.hdfs.exactlyonce;

import org.jspecify.annotations.NullMarked;
