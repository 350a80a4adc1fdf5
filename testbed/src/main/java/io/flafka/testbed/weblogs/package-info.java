/** Web logs to send through a pipeline, and the means to tell whether they all arrived, once. */
@NullMarked
package io.flafka.testbed.weblogs;

import org.jspecify.annotations.NullMarked;
