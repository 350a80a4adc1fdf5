/** What commands share: options, how they reach Kafka and HDFS, and how they print. */
@NullMarked
package io.flafka.tools.command;

import org.jspecify.annotations.NullMarked;
