/** The commands {@code ./quickstart} and {@code ./testbed.sh}. */
@NullMarked
package io.flafka.testbed.command;

import org.jspecify.annotations.NullMarked;
