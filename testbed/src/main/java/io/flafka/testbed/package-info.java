/**
 * A real Kafka broker, a real HDFS and a real Flume agent on this machine, for tests, the
 * quickstart and the benchmarks.
 *
 * <p>Each part runs in a JVM of its own, because their jars clash with each other. A {@link
 * io.flafka.testbed.JavaProcess} is such a JVM; a {@link io.flafka.testbed.Home} is the class path
 * it starts from; {@link io.flafka.testbed.Broker}, {@link io.flafka.testbed.Hdfs} and {@link
 * io.flafka.testbed.Agent} know how to configure one, when it is ready, and how to kill and restart
 * it; a {@link io.flafka.testbed.SecuredBroker} and a {@link io.flafka.testbed.SecuredHdfs} ask
 * their clients who they are. All ports are on 127.0.0.1. Processes started by a test die with it,
 * however it ends ({@link io.flafka.testbed.Leash}).
 */
@NullMarked
package io.flafka.testbed;

import org.jspecify.annotations.NullMarked;
