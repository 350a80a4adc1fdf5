package io.flafka.kafka.record;

/** What a record's value turned out to be. */
public sealed interface Payload permits RecordEvent, Malformed {}
