/**
 * What a user of Flink's may write to do the main job: a topic's lines into files in HDFS. It runs
 * in a JVM of its own, on Flink's class path and none of ours.
 */
@NullMarked
package io.flafka.flink;

import org.jspecify.annotations.NullMarked;
