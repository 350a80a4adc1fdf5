package io.flafka.bench;

import io.flafka.bench.load.BareConsumer;
import io.flafka.bench.load.Format;
import io.flafka.bench.load.LogLines;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A full topic, the channel, and Flume's null sink, which only takes. */
final class TakeScenario implements Scenario<ChannelSubject> {
  private static final List<Integer> BATCHES = List.of(1_000, 10_000);

  @Override
  public String name() {
    return "take";
  }

  @Override
  public long events() {
    return 8_000_000;
  }

  @Override
  public Layout<ChannelSubject> layout() {
    return ChannelSubject.LAYOUT;
  }

  @Override
  public String caption(long events) {
    return ChannelSubject.caption(events);
  }

  @Override
  public List<ChannelSubject> subjects() {
    List<ChannelSubject> subjects = new ArrayList<>();
    for (Format format : Format.values()) {
      for (Contender contender :
          List.of(Contender.STOCK, Contender.AT_LEAST_ONCE, Contender.EXACTLY_ONCE)) {
        BATCHES.forEach(batch -> subjects.add(new ChannelSubject(contender, format, batch)));
      }
    }
    subjects.add(new ChannelSubject(Contender.DEFAULTS, Format.RAW, 1_000));
    subjects.add(new ChannelSubject(Contender.BARE, Format.RAW, 0));
    return subjects;
  }

  /** Fills a topic for each format, which warms the broker, too. */
  @Override
  public void prepare(Rig rig, long events) throws IOException {
    Topics topics = rig.topics();
    for (Format format : Format.values()) {
      topics.fillTopic(topic(format), format, events);
    }
  }

  private static String topic(Format format) {
    return "full-" + format.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Trial start(Rig rig, ChannelSubject subject, long events, String id) throws IOException {
    Topics topics = rig.topics();
    String topic = topic(subject.format());
    JavaProcess process =
        subject.contender() == Contender.BARE
            ? rig.startBare(
                id,
                BareConsumer.class,
                topics.bootstrapServers(),
                topic,
                id,
                String.valueOf(events))
            : rig.startAgent(
                id,
                new AgentFile(
                        topics.channel(
                            subject.contender(), subject.parsesAsFlumeEvent(), topic, id))
                    .sink(sink(subject, events)));
    return new Taking(topics, id, events, process);
  }

  /** The null sink counts aloud; here it only does so at the end. */
  private static Map<String, String> sink(ChannelSubject subject, long events) {
    return Map.of(
        "type",
        "null",
        "batchSize",
        String.valueOf(subject.batch()),
        "logEveryNEvents",
        String.valueOf(events));
  }

  @Override
  public void clear(Rig rig, long events) throws IOException {
    Topics topics = rig.topics();
    for (Format format : Format.values()) {
      topics.offsets().deleteTopic(topic(format));
    }
  }

  private record Taking(Topics topics, String group, long events, JavaProcess process)
      implements SteadyTrial {
    @Override
    public long arrived() {
      return topics.offsets().committed(group);
    }

    @Override
    public boolean isFinished() {
      return arrived() >= events;
    }

    @Override
    public void check() {
      process.terminate(Bench.STOP_LIMIT);
      String expected = LogLines.taken(events);
      if (process.logLines().stream().noneMatch(line -> line.endsWith(expected))) {
        throw new IllegalStateException(
            "it didn't take %,d events: its log has no %s".formatted(events, expected));
      }
    }

    @Override
    public void close() {
      process.terminate(Bench.STOP_LIMIT);
    }
  }
}
