/** What becomes of a file: retired once all of it is delivered, or put into quarantine. */
@NullMarked
package io.flafka.spooldir.retire;

import org.jspecify.annotations.NullMarked;
