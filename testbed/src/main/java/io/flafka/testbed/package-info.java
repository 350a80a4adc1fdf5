/** A real Kafka broker, a real HDFS and a real Flume agent on this machine, each in JVMs of its own. */
@NullMarked
package io.flafka.testbed;

import org.jspecify.annotations.NullMarked;
