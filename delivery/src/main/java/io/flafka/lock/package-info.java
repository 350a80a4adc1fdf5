/** What keeps two processes on one host out of each other's files. */
@NullMarked
package io.flafka.lock;

import org.jspecify.annotations.NullMarked;
