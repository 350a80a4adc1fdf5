/**
 * What is known of web logs: an interceptor that puts what their lines say into headers. How lines
 * are read is the matter of {@link io.flafka.weblog.line}.
 */
@NullMarked
package io.flafka.weblog;

import org.jspecify.annotations.NullMarked;
