package io.flafka.kafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.delivery.DeadLetterMark;
import io.flafka.delivery.Guarantee;
import io.flafka.delivery.Position;
import io.flafka.delivery.PositionedEvent;
import io.flafka.kafka.channel.KafkaChannel;
import io.flafka.testbed.Broker;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.TopicDump;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Sink.Status;
import org.apache.flume.Transaction;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.event.SimpleEvent;
import org.apache.flume.lifecycle.LifecycleAware;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where events go that an interceptor marked, through channel and sink on a real broker. */
@ExtendWith(TestbedExtension.class)
@Timeout(120)
class DeadLetterMarkIT {
  private final Broker broker;
  private final List<LifecycleAware> started = new ArrayList<>();

  DeadLetterMarkIT(Broker broker) {
    this.broker = broker;
  }

  @AfterEach
  void stop() {
    started.forEach(LifecycleAware::stop);
  }

  /** A line of a file, seven bytes long with its end. */
  private static final class Line extends SimpleEvent implements PositionedEvent {
    private final Position position;

    Line(String file, int number) {
      setBody(("line " + number).getBytes(UTF_8));
      position = new Position(file, 7L * (number + 1));
      if (number % 2 == 1) {
        DeadLetterMark.set(this, "odd");
      }
    }

    @Override
    public Position position() {
      return position;
    }
  }

  private Context context(String topic, Guarantee guarantee, String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap.servers", broker.bootstrapServers());
    values.put("kafka.topic", topic);
    values.put("delivery.guarantee", guarantee.name());
    values.put("kafka.transactional.id", topic);
    values.put("ledger.topic", "DeadLetterMarkIT-ledger");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Context(values);
  }

  private KafkaChannel channel(Context context) {
    KafkaChannel channel = new KafkaChannel();
    channel.setName("c" + started.size() + context.getString("kafka.topic"));
    channel.configure(context);
    channel.start();
    started.add(channel);
    return channel;
  }

  /** Behind a memory channel. */
  private KafkaSink sink(Context context) {
    MemoryChannel memory = new MemoryChannel();
    memory.setName("m" + started.size());
    memory.configure(new Context(Map.of("keep-alive", "0")));
    memory.start();
    KafkaSink sink = new KafkaSink();
    sink.setName("k" + started.size() + context.getString("kafka.topic"));
    sink.configure(context);
    sink.setChannel(memory);
    sink.start();
    started.add(sink);
    started.add(memory);
    return sink;
  }

  private static void put(Channel channel, String file, int from, int to) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    for (int number = from; number < to; number++) {
      channel.put(new Line(file, number));
    }
    transaction.commit();
    transaction.close();
  }

  private List<String> values(String topic) {
    return TopicDump.of(broker, topic).stream().map(TopicDump.Row::value).toList();
  }

  private List<Map<String, String>> headers(String topic) {
    return TopicDump.records(broker, topic).stream()
        .map(
            record -> {
              Map<String, String> headers = new HashMap<>();
              for (Header header : record.headers()) {
                headers.put(header.key(), new String(header.value(), UTF_8));
              }
              return headers;
            })
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void aChannelPutsThemAside(Guarantee guarantee) {
    String topic = broker.createTopic("mark-channel-" + guarantee, 1);
    String dead = broker.createTopic(topic + "-dead", 1);
    KafkaChannel channel =
        channel(context(topic, guarantee, "parseAsFlumeEvent", "false", "deadletter.topic", dead));

    put(channel, "file", 0, 4);

    assertThat(values(topic)).containsExactly("line 0", "line 2");
    assertThat(values(dead)).containsExactly("line 1", "line 3");
    assertThat(headers(dead).get(0))
        .containsEntry("flafka.topic", topic)
        .containsEntry("flafka.stream", "file")
        .containsEntry("flafka.position", "14")
        .doesNotContainKey(DeadLetterMark.HEADER)
        .hasEntrySatisfying("flafka.cause", cause -> assertThat(cause).endsWith("letter: odd"));
  }

  /** Even where nothing else is in the transaction. */
  @Test
  void exactlyOnceTheirPositionsAreReachedToo() {
    String topic = broker.createTopic("mark-position", 1);
    String dead = broker.createTopic(topic + "-dead", 1);
    String[] keys = {"parseAsFlumeEvent", "false", "deadletter.topic", dead};
    KafkaChannel channel = channel(context(topic, Guarantee.EXACTLY_ONCE, keys));
    put(channel, "file", 0, 1);
    put(channel, "file", 1, 2);
    assertThat(channel.committed("file")).hasValue(14);
    channel.stop();

    KafkaChannel restarted = channel(context(topic, Guarantee.EXACTLY_ONCE, keys));
    assertThat(restarted.committed("file")).hasValue(14);
    put(restarted, "file", 0, 3); // As a source that was in doubt.

    assertThat(values(topic)).containsExactly("line 0", "line 2");
    assertThat(values(dead)).containsExactly("line 1");
  }

  /** As Flume's own events carry all headers in their values, a mark would come along in them. */
  @ParameterizedTest
  @EnumSource
  void noMarkIsInTheValueOfALetter(Guarantee guarantee) {
    String topic = broker.createTopic("mark-value-" + guarantee, 1);
    String dead = broker.createTopic(topic + "-dead", 1);

    put(channel(context(topic, guarantee, "deadletter.topic", dead)), "file", 0, 2);

    assertThat(values(topic)).singleElement().asString().endsWith("line 0");
    assertThat(values(dead))
        .singleElement()
        .asString()
        .endsWith("line 1")
        .doesNotContain(DeadLetterMark.HEADER);
  }

  @ParameterizedTest
  @EnumSource
  void aSinkPutsThemAside(Guarantee guarantee) throws Exception {
    String topic = broker.createTopic("mark-sink-" + guarantee, 1);
    String dead = broker.createTopic(topic + "-dead", 1);
    KafkaSink sink = sink(context(topic, guarantee, "deadletter.topic", dead));
    put(sink.getChannel(), "file", 0, 4);

    assertThat(sink.process()).isEqualTo(Status.READY);

    assertThat(values(topic)).containsExactly("line 0", "line 2");
    assertThat(values(dead)).containsExactly("line 1", "line 3");
  }

  @ParameterizedTest
  @EnumSource
  void withoutATopicForThemTheyGoWithTheOthers(Guarantee guarantee) throws Exception {
    String topic = broker.createTopic("mark-pass-" + guarantee, 1);
    KafkaSink sink = sink(context(topic, guarantee));
    put(sink.getChannel(), "file", 0, 4);
    sink.process();
    assertThat(values(topic)).containsExactly("line 0", "line 1", "line 2", "line 3");

    String marked = broker.createTopic(topic + "-channel", 1);
    KafkaChannel channel = channel(context(marked, guarantee));
    put(channel, "file2", 0, 2);
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    List<Event> taken = new ArrayList<>();
    while (taken.size() < 2) {
      Event event = channel.take();
      if (event != null) {
        taken.add(event);
      }
    }
    transaction.commit();
    transaction.close();
    assertThat(taken.get(1).getHeaders()).containsEntry(DeadLetterMark.HEADER, "odd");
  }
}
