/** Who a sink is to HDFS: what is configured, and the Kerberos tickets that it takes. */
@NullMarked
package io.flafka.hdfs.login;

import org.jspecify.annotations.NullMarked;
