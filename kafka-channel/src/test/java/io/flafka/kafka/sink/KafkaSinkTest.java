package io.flafka.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.AbstractChannel;
import org.junit.jupiter.api.Test;

/** The sink without a broker: at least once, it starts without one. */
class KafkaSinkTest {
  /** A channel that fails as a JVM does; it notes what becomes of its transaction. */
  private static final class Dying extends AbstractChannel {
    private final List<String> seen = new ArrayList<>();

    @Override
    public void put(Event event) {}

    @Override
    public Event take() {
      throw new OutOfMemoryError("in a test");
    }

    @Override
    public Transaction getTransaction() {
      return new Transaction() {
        @Override
        public void begin() {}

        @Override
        public void commit() {
          seen.add("committed");
        }

        @Override
        public void rollback() {
          seen.add("rolled back");
        }

        @Override
        public void close() {
          seen.add("closed");
        }
      };
    }
  }

  /** Flume's transactions refuse to be closed before they are, and to begin ever after. */
  @Test
  void anErrorRollsItsTransactionBackAndIsSeen() {
    Dying channel = new Dying();
    KafkaSink sink = new KafkaSink();
    sink.setName("k1");
    sink.configure(
        new Context(Map.of("kafka.bootstrap.servers", "127.0.0.1:1", "kafka.topic", "weblogs")));
    sink.setChannel(channel);
    sink.start();
    try {
      assertThatThrownBy(sink::process).isInstanceOf(OutOfMemoryError.class);
      assertThat(channel.seen).containsExactly("rolled back", "closed");
    } finally {
      sink.stop();
    }
  }
}
