/**
 * What is known of web logs: the time in a line of an Apache access log, found and read as bytes.
 */
@NullMarked
package io.flafka.weblog;

import org.jspecify.annotations.NullMarked;
