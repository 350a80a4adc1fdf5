package io.flafka.kafka.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.delivery.LastCommit;
import io.flafka.delivery.Participant;
import io.flafka.delivery.Span;
import io.flafka.testbed.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flume.Event;
import org.apache.flume.Transaction;

/**
 * A sink into memory: at least once, what it took counts when its transaction is committed; exactly
 * once, when the channel says so.
 */
final class Landing implements Participant {
  private static final int BATCH = 100;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final KafkaChannel channel;
  private final boolean twoPhases;
  private final List<String> written = new ArrayList<>();
  private final List<String> prepared = new ArrayList<>();
  private final List<String> landed = new ArrayList<>();
  private boolean enlisted;
  private int notes;

  Landing(KafkaChannel channel) {
    this.channel = channel;
    this.twoPhases = channel.keepsPositions();
  }

  List<String> landed() {
    return List.copyOf(landed);
  }

  /** Goes on, over failures, as a sink does, until there are so many lines. */
  void processUntil(int lines) {
    Await.until(
        lines + " lines are landed",
        LIMIT,
        () -> {
          process();
          return landed.size() >= lines;
        });
  }

  /** Takes what there is, at most a batch, and commits it. */
  void process() {
    if (twoPhases && !enlisted) {
      channel.enlist(this);
      enlisted = true;
    }
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    try {
      Event event = channel.take();
      for (int taken = 1; event != null && taken < BATCH; taken++) {
        written.add(new String(event.getBody(), UTF_8));
        event = channel.take();
      }
      if (event != null) {
        written.add(new String(event.getBody(), UTF_8));
      }
      transaction.commit();
      if (!twoPhases) {
        landed.addAll(written);
        written.clear();
      }
    } catch (RuntimeException e) {
      transaction.rollback();
      if (!twoPhases) {
        written.clear();
      }
      throw e;
    } finally {
      transaction.close();
    }
  }

  @Override
  public Map<String, Long> recover(
      Set<String> streams, Map<String, LastCommit> commits, Runnable confirm) {
    return Map.of();
  }

  @Override
  public String prepare(Map<String, Span> taken) {
    if (prepared.isEmpty()) {
      notes++;
      prepared.addAll(written);
      written.clear();
    }
    return "note " + notes;
  }

  @Override
  public void publish() {
    landed.addAll(prepared);
    prepared.clear();
  }

  @Override
  public void discard() {
    written.clear();
    prepared.clear();
  }
}
