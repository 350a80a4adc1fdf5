/**
 * The named steps of both hops at which an agent can be made to die, in the midst of classes that
 * are as they ship: by Byteman, a Java agent that halts the JVM where a {@code KillRule} says.
 */
@NullMarked
package io.flafka.chaos.step;

import org.jspecify.annotations.NullMarked;
