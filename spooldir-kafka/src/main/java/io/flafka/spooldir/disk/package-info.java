/** What the file system is asked for: the state of a path, and changes that last. */
@NullMarked
package io.flafka.spooldir.disk;

import org.jspecify.annotations.NullMarked;
