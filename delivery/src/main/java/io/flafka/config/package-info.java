/**
 * How every component reads its configuration: each key once, each problem at once.
 *
 * <p>A component's configuration is a record with a {@code parse} method that asks a {@link
 * io.flafka.config.Settings} for every key it knows. Whatever is left over is unknown and named in
 * one warning, with the nearest known key; whatever is missing or wrong is named in one exception.
 */
@NullMarked
package io.flafka.config;

import org.jspecify.annotations.NullMarked;
