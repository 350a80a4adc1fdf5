package io.flafka.bench;

/**
 * What was seen of a trial at one time.
 *
 * @param nanos when, by {@link System#nanoTime}
 * @param events how many had arrived
 * @param cpuNanos what its process had used, user and system
 * @param machineNanos what all processes had used, as {@link Machine#busyNanos}
 */
record Sample(long nanos, long events, long cpuNanos, long machineNanos) {}
