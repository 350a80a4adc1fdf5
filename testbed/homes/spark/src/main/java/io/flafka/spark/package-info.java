/**
 * What a user of Spark's may do with landed files. It runs in a JVM of its own, on Spark's class
 * path and none of ours.
 */
@NullMarked
package io.flafka.spark;

import org.jspecify.annotations.NullMarked;
