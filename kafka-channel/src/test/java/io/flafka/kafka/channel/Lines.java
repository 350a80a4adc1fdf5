package io.flafka.kafka.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.delivery.Position;
import io.flafka.delivery.PositionedEvent;
import io.flafka.testbed.Await;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.event.SimpleEvent;

/** The lines of a file, as a source puts them: each knows its position. */
record Lines(String file) {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Puts lines in one transaction, from a number on and up to another, exclusive. */
  void put(KafkaChannel channel, int from, int to) {
    put(channel, IntStream.range(from, to).mapToObj(number -> new Line(file, number)).toList());
  }

  /** The same over failures, as a source does. */
  void putUntilAccepted(KafkaChannel channel, int from, int to) {
    Await.until(
        "the lines are put",
        LIMIT,
        () -> {
          put(channel, from, to);
          return true;
        });
  }

  static void put(KafkaChannel channel, List<? extends Event> events) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    try {
      events.forEach(channel::put);
      transaction.commit();
    } catch (RuntimeException e) {
      transaction.rollback();
      throw e;
    } finally {
      transaction.close();
    }
  }

  static List<String> bodies(int from, int to) {
    return IntStream.range(from, to).mapToObj(Lines::body).toList();
  }

  private static String body(int number) {
    return String.format("line %06d", number);
  }

  /** Its position is its number and one. */
  private static final class Line extends SimpleEvent implements PositionedEvent {
    private final Position position;

    Line(String file, int number) {
      setBody(body(number).getBytes(UTF_8));
      position = new Position(file, number + 1);
    }

    @Override
    public Position position() {
      return position;
    }
  }
}
