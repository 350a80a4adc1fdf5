package io.flafka.bench;

import io.flafka.bench.load.Format;
import io.flafka.bench.load.LogLines;
import io.flafka.bench.load.ReadyBodies;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ready events, a source that hands them over, and the channel; nobody takes. */
final class PutScenario implements Scenario<ChannelSubject> {
  /** The source, by name: its superclass is on an agent's class path alone. */
  static final String SOURCE = "io.flafka.bench.load.ReadySource";

  private static final List<Integer> BATCHES = List.of(1_000, 10_000, 50_000);
  private static final List<Integer> EXACTLY_ONCE_BATCHES = List.of(10_000, 50_000);

  @Override
  public String name() {
    return "put";
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
      BATCHES.forEach(batch -> subjects.add(new ChannelSubject(Contender.STOCK, format, batch)));
      BATCHES.forEach(
          batch -> subjects.add(new ChannelSubject(Contender.AT_LEAST_ONCE, format, batch)));
      EXACTLY_ONCE_BATCHES.forEach(
          batch -> subjects.add(new ChannelSubject(Contender.EXACTLY_ONCE, format, batch)));
    }
    subjects.add(new ChannelSubject(Contender.DEFAULTS, Format.RAW, 1_000));
    subjects.add(new ChannelSubject(Contender.BARE, Format.RAW, 0));
    return subjects;
  }

  /** Warms the broker; every trial has a topic of its own. */
  @Override
  public void prepare(Rig rig, long events) throws IOException {
    Topics topics = rig.topics();
    String topic = "warm-up";
    topics.fillTopic(topic, Format.RAW, events);
    topics.offsets().deleteTopic(topic);
  }

  @Override
  public Trial start(Rig rig, ChannelSubject subject, long events, String id) throws IOException {
    Topics topics = rig.topics();
    topics.createTopic(id);
    JavaProcess process =
        subject.contender() == Contender.BARE
            ? topics.startProducer(id, id, subject.format(), events)
            : rig.startAgent(
                id,
                new AgentFile(
                        topics.channel(subject.contender(), subject.parsesAsFlumeEvent(), id, id))
                    .source(source(subject, events)));
    return new Putting(topics, id, events, process);
  }

  private static Map<String, String> source(ChannelSubject subject, long events) {
    return Map.of(
        "type",
        SOURCE,
        "batchSize",
        String.valueOf(subject.batch()),
        "events",
        String.valueOf(events),
        "bytes",
        String.valueOf(Bench.BYTES),
        "positioned",
        String.valueOf(subject.contender() == Contender.EXACTLY_ONCE));
  }

  @Override
  public void clear(Rig rig, long events) {
    // Every trial has deleted its topic.
  }

  private record Putting(Topics topics, String topic, long events, JavaProcess process)
      implements SteadyTrial {
    @Override
    public long arrived() {
      return topics.offsets().ends(topic);
    }

    @Override
    public boolean isFinished() {
      return process.logLines().stream().anyMatch(line -> line.endsWith(LogLines.ALL_PUT));
    }

    @Override
    public void check() {
      process.terminate(Bench.STOP_LIMIT);
      new Arrivals(new ReadyBodies(Bench.BYTES))
          .read(topics.bootstrapServers(), topic)
          .check(events);
    }

    @Override
    public void close() {
      process.terminate(Bench.STOP_LIMIT);
      topics.offsets().deleteTopic(topic);
    }
  }
}
