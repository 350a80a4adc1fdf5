package io.flafka.kafka.source;

import java.time.Duration;

/**
 * What a batch holds at most. The first limit that is reached counts.
 *
 * @param events how many events
 * @param bytes how many bytes their bodies have, together; the last event may exceed it
 * @param time from the first event on
 */
record BatchLimits(int events, long bytes, Duration time) {}
