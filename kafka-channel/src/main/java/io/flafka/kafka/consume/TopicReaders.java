package io.flafka.kafka.consume;

import io.flafka.kafka.client.Remedy;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.flume.ChannelException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each taking thread's own {@link TopicReader}, opened when it first takes. Readers of threads that
 * have died are closed when the next one is opened, so that the group doesn't wait for them.
 *
 * <p>Readers are numbered from 1, and a number that is free is given again: as many threads have
 * the same numbers after a restart.
 */
public final class TopicReaders {
  private static final Logger log = LoggerFactory.getLogger(TopicReaders.class);

  /** For the reader of a dead thread, which has nothing left to wait for. */
  private static final Duration SWEEP_LIMIT = Duration.ofSeconds(1);

  private final IntFunction<TopicReader> open;
  private final Map<Thread, Numbered> readers = new ConcurrentHashMap<>();
  private boolean closed;

  private record Numbered(int number, TopicReader reader) {}

  /**
   * Opens none yet.
   *
   * @param open makes the reader of a number
   */
  public TopicReaders(IntFunction<TopicReader> open) {
    this.open = open;
  }

  /**
   * The calling thread's reader.
   *
   * @throws ChannelException if it can't be opened
   */
  public TopicReader ofThisThread() {
    Numbered mine = readers.get(Thread.currentThread());
    return mine == null ? openForThisThread() : mine.reader();
  }

  /** The calling thread hands over from now on. */
  public void enlist(Handover handover) {
    ofThisThread().join(handover);
  }

  /** Closes all readers; a thread that still takes gets exceptions from now on. */
  public synchronized void close(Duration limit) {
    closed = true;
    long end = System.nanoTime() + limit.toNanos();
    readers.forEach(
        (thread, its) ->
            close(thread, its.reader(), Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    readers.clear();
  }

  private synchronized TopicReader openForThisThread() {
    if (closed) {
      throw new ChannelException("Nothing can be taken: the channel is stopped");
    }
    readers.forEach(
        (thread, its) -> {
          if (!thread.isAlive()) {
            readers.remove(thread);
            close(thread, its.reader(), SWEEP_LIMIT);
          }
        });
    try {
      int number = firstFree();
      TopicReader reader = open.apply(number);
      readers.put(Thread.currentThread(), new Numbered(number, reader));
      return reader;
    } catch (KafkaException e) {
      throw new ChannelException("Can't make a Kafka consumer: " + Remedy.describe(e), e);
    }
  }

  private int firstFree() {
    return IntStream.iterate(1, number -> number + 1)
        .filter(number -> readers.values().stream().noneMatch(its -> its.number() == number))
        .findFirst()
        .orElseThrow();
  }

  private static void close(Thread owner, TopicReader reader, Duration limit) {
    try {
      reader.close(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.warn("Interrupted while closing the consumer of thread {}", owner.getName());
    } catch (KafkaException | ConcurrentModificationException e) {
      // Not committed is not lost: the group drops a silent member after its session time-out.
      log.warn("The consumer of thread {} didn't leave its group in time", owner.getName(), e);
    }
  }
}
