/**
 * {@code flafka audit}: has all that a consumer group committed of a topic landed, once? And has
 * all that was read in a spooling directory been sent?
 *
 * <p>For the first, {@link io.flafka.tools.audit.Audit} asks four witnesses, which don't know of
 * each other: the group, for its committed offsets and the notes that they bear; the sinks' runs
 * and the history in HDFS, for the spans of offsets that became files; the topic, for what lies
 * where no manifest has anything; and the files. The spans are laid beside each other, partition by
 * partition, and must tile up to the committed offset. The answer is a {@link
 * io.flafka.tools.audit.Report}, as text or as JSON.
 *
 * <p>For the second, {@link io.flafka.tools.audit.SpoolAudit} asks three: the source's trackers,
 * the directory, and the ledger of the channel, which is written with the lines. {@link
 * io.flafka.tools.audit.TrackedFiles} judges the files that are begun, {@link
 * io.flafka.tools.audit.RetiredFiles} those that are out of the way. The answer is a {@link
 * io.flafka.tools.audit.SpoolReport}.
 *
 * <p>It only reads, and agents may be at work: the group is asked first and last, and what is newer
 * than its first answer doesn't count; the trackers are asked first, and the ledger last.
 */
@NullMarked
package io.flafka.tools.audit;

import org.jspecify.annotations.NullMarked;
