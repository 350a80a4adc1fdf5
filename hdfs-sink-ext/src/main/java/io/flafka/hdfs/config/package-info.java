/** What a user can set of an HDFS sink. */
@NullMarked
package io.flafka.hdfs.config;

import org.jspecify.annotations.NullMarked;
