package io.flafka.spooldir;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.spooldir.read.FileEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class BatchQueueTest {
  private final BatchQueue queue = new BatchQueue();

  @Test
  void aLargeBatchIsWaitedForUntilItIsTaken() throws Exception {
    Batch large = batch(4 << 20);
    Thread reading = putting(large);
    awaitWaiting(reading);

    assertThat(queue.take()).isSameAs(large);

    reading.join();
  }

  @Test
  void smallBatchesAreReadAhead() {
    Batch first = batch(100);
    Batch second = batch(100);

    queue.put(first);
    queue.put(second);

    assertThat(queue.take()).isSameAs(first);
    assertThat(queue.take()).isSameAs(second);
  }

  @Test
  void whoWaitsForRoomIsLetGoWhenItIsClosed() throws Exception {
    Thread reading = putting(batch(4 << 20));
    awaitWaiting(reading);

    queue.close();

    reading.join();
    assertThat(queue.take()).isNull();
    queue.put(batch(4 << 20));
    assertThat(queue.take()).isNull();
  }

  private Thread putting(Batch batch) {
    Thread thread = new Thread(() -> queue.put(batch));
    thread.start();
    return thread;
  }

  private static void awaitWaiting(Thread thread) throws InterruptedException {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
  }

  private static Batch batch(int bytes) {
    Batch batch = new Batch();
    batch.add(new FileEvent("stream", bytes, new byte[bytes], Map.of()));
    return batch;
  }
}
