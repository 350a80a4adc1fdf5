/**
 * A seeded run over a whole pipeline, which is killed, paused and starved while it works, and the
 * count of what arrived.
 *
 * <p>{@code Chaos} is the command. It sets up a {@code Stage}: a broker, an HDFS, and two agents
 * ({@code Carrier}) that a {@code Pipeline} configures. A {@code Feed} drops files of lines, which
 * a {@code LineBook} knows all of. {@code Fault}s strike, as the seed says, until the time is over;
 * then all that is left drains, and a {@code Verdict} says what came of it.
 */
@NullMarked
package io.flafka.chaos;

import org.jspecify.annotations.NullMarked;
