/** Reading files from a spooling directory. */
@NullMarked
package io.flafka.spooldir;

import org.jspecify.annotations.NullMarked;
