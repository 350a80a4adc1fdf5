/**
 * Stock Flume's {@code spooldir} and ours, on the same files with the same keys. What differs is in
 * {@link io.flafka.spooldir.stock.StockDifferencesTest}, and in the README.
 */
@NullMarked
package io.flafka.spooldir.stock;

import org.jspecify.annotations.NullMarked;
