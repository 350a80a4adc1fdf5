/**
 * {@code flafka rescue}: what did dead sinks leave, and what is to be done with it?
 *
 * <p>It finds two kinds of things, and first says what it would do with each: {@link
 * io.flafka.tools.rescue.InUseFiles} of sinks that deliver at least once, ours or stock Flume's;
 * and the {@link io.flafka.tools.rescue.DeadLanding} of those that deliver exactly once. With
 * {@code --apply} it then does so, one {@link io.flafka.tools.rescue.Finding} after the other, as
 * the sinks would themselves: it never overwrites, never takes a file from a writer that lives, and
 * recovers a landing only as the one member of its group.
 */
@NullMarked
package io.flafka.tools.rescue;

import org.jspecify.annotations.NullMarked;
