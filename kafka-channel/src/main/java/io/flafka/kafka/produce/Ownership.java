package io.flafka.kafka.produce;

import io.flafka.kafka.client.Remedy;
import io.flafka.kafka.ledger.Ledger;
import io.flafka.kafka.ledger.LedgerTopic;
import io.flafka.kafka.ledger.Owner;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write under a transactional id, which one channel of all agents has at a time.
 *
 * <p>Whoever acquires it first in its life takes it away from whoever had it, who is fenced: that
 * is how a new agent succeeds one that died or hangs. Whoever acquires it again, after a failure,
 * looks first whether another one has come meanwhile, and leaves it to that one for good.
 *
 * <p>For one thread at a time.
 */
public final class Ownership {
  private static final Logger log = LoggerFactory.getLogger(Ownership.class);

  private final String transactionalId;
  private final LedgerTopic topic;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final InstantSource clock;
  private final String instance = UUID.randomUUID().toString();

  /** This process, for others' messages: {@code 4711@web1}. */
  private final String process = ManagementFactory.getRuntimeMXBean().getName();

  private long transaction;
  private boolean acquired;
  private @Nullable Owner successor;

  /**
   * @param producers makes a producer with the transactional id
   */
  public Ownership(
      String transactionalId,
      LedgerTopic topic,
      Supplier<Producer<byte[], byte[]>> producers,
      InstantSource clock) {
    this.transactionalId = transactionalId;
    this.topic = topic;
    this.producers = producers;
    this.clock = clock;
  }

  /**
   * Opens a producer, fences all others, and reads the ledger.
   *
   * @throws ChannelException if that can't be done now, or another process has taken over
   */
  Epoch acquire() throws InterruptedException {
    failIfSucceeded();
    if (acquired) {
      yieldTo(topic.glance(transactionalId).owner());
    } else {
      topic.ensure();
    }
    Producer<byte[], byte[]> producer = producer();
    boolean ours = false;
    try {
      producer.initTransactions();
      Ledger ledger = topic.read(transactionalId);
      Owner found = ledger.owner();
      if (acquired) {
        yieldTo(found);
      }
      Epoch epoch = new Epoch(producer, ledger, found);
      sign(epoch);
      log.info(
          "Transactional id {} is ours, after {}; its ledger knows {} streams",
          transactionalId,
          found == null ? "nobody" : found.process(),
          ledger.size());
      acquired = true;
      ours = true;
      return epoch;
    } catch (InterruptException e) {
      throw Interruption.of(e);
    } catch (KafkaException | IllegalStateException e) {
      throw unavailable(e);
    } finally {
      if (!ours) {
        producer.close(Duration.ZERO);
      }
    }
  }

  /** What this process signs its next transaction with. */
  Owner next() {
    return new Owner(instance, transaction++, process);
  }

  /** Streams have ended. */
  void end(Ledger.Change change, List<String> streams) {
    if (!streams.isEmpty()) {
      long now = clock.millis();
      streams.forEach(stream -> change.end(stream, now));
      change.forgetDoneBefore(now - Ledger.REMEMBERED.toMillis());
    }
  }

  /** From here on, one that was fenced can see by whom. */
  private void sign(Epoch epoch) {
    Ledger.Change change =
        epoch
            .ledger()
            .change()
            .forgetDoneBefore(clock.millis() - Ledger.REMEMBERED.toMillis())
            .by(next());
    epoch.fill(List.of(), change.records());
    epoch.commit();
    change.apply();
  }

  private void yieldTo(@Nullable Owner owner) {
    if (owner != null && !owner.instance().equals(instance)) {
      successor = owner;
      failIfSucceeded();
    }
  }

  private void failIfSucceeded() {
    Owner by = successor;
    if (by != null) {
      throw new ChannelException(
          "Fenced: process "
              + by.process()
              + " has taken over kafka.transactional.id = "
              + transactionalId
              + ", so nothing more is put here. "
              + (by.process().equals(process)
                  ? "It is this very process: give each of its components an id of its own"
                  : "If both agents are to run, give each an id of its own; if this one is to go"
                      + " on, stop the other and restart this one"));
    }
  }

  private Producer<byte[], byte[]> producer() {
    try {
      return producers.get();
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  private ChannelException unavailable(Exception cause) {
    return new ChannelException(
        "No Kafka transaction can be begun with kafka.transactional.id = "
            + transactionalId
            + ": "
            + Remedy.describe(cause),
        cause);
  }
}
