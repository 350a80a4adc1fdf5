/** The {@code flafka} command, in the tarball as {@code plugins.d/flafka/bin/flafka}. */
@NullMarked
package io.flafka.tools;

import org.jspecify.annotations.NullMarked;
