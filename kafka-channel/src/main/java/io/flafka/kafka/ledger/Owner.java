package io.flafka.kafka.ledger;

/**
 * Who writes under a transactional id.
 *
 * @param instance one opening of a channel, a UUID
 * @param transaction the number of its last transaction, from 0; each writes its number, so that
 *     the outcome of a commit whose answer was lost can be looked up
 * @param process its process id and host, for messages: {@code 4711@web1}
 */
public record Owner(String instance, long transaction, String process) {}
