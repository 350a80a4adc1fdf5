package io.flafka.bench;

import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A full topic that is landed in HDFS, with more and more of something. */
final class LandScaleScenario implements Scenario<ScaleSubject> {
  /** The part of the lines that makes a run is one that these files can be divided by. */
  private static final long LEAST_FILES = 600;

  /** So small that a DataNode has room for a thousand of them. */
  private static final long BLOCK = 32 << 20;

  private final LandScale scale;
  private final List<String> topics = new ArrayList<>();

  LandScaleScenario(LandScale scale) {
    this.scale = scale;
  }

  @Override
  public String name() {
    return scale.scenario();
  }

  @Override
  public long events() {
    return 8_000_000;
  }

  @Override
  public List<ScaleSubject> subjects() {
    return ScaleSubject.all(
        List.of(Contender.STOCK, Contender.AT_LEAST_ONCE, Contender.EXACTLY_ONCE), scale.scales());
  }

  @Override
  public long share(ScaleSubject subject, long events) {
    return Math.max(1, events / scale.part(subject.contender(), subject.scale()));
  }

  @Override
  public Layout<ScaleSubject> layout() {
    return ScaleSubject.layout(scale.heading(), scale.scales().get(0), List.of());
  }

  @Override
  public String caption(long events) {
    return "%,d web-log lines a run, or a part of them, in %s; measured %s"
        .formatted(events, scale.words(), Steady.WHEN);
  }

  @Override
  public void prepare(Rig rig, long events) throws IOException {
    rig.warehouse();
  }

  /** Fills a topic for each scale and number of lines, which warms the broker, too. */
  @Override
  public void prepare(Rig rig, ScaleSubject subject, long events) throws IOException {
    String topic = topic(subject, events);
    if (!topics.contains(topic)) {
      topics.add(topic);
      rig.topics()
          .fillTopic(
              topic,
              scale.partitions(subject.scale()),
              scale.shape(subject.scale()),
              input(rig, subject, events));
    }
  }

  private String topic(ScaleSubject subject, long events) {
    return "%s-%d-%d".formatted(name(), subject.scale(), share(subject, events));
  }

  private Weblogs input(Rig rig, ScaleSubject subject, long events) throws IOException {
    return rig.largeWeblogs(events, LEAST_FILES).first(share(subject, events));
  }

  @Override
  public Trial start(Rig rig, ScaleSubject subject, long events, String id) throws IOException {
    LandedFolder folder = rig.warehouse().folder(id);
    Map<String, String> sink = new TreeMap<>(scale.landedAs().sink(subject.contender(), folder));
    sink.putAll(scale.rolls(subject.scale(), events));
    sink.computeIfPresent("hdfs.idleTimeout", (key, two) -> String.valueOf(scale.idleSeconds()));
    boolean timed = scale.shape(subject.scale()).isTimed();
    AgentFile agent =
        new AgentFile(rig.topics().channel(subject.contender(), timed, topic(subject, events), id))
            .hdfsSinks(scale.sinks(subject.scale()), sink);
    JavaProcess process =
        rig.startAgent(id, agent.text(), Map.of(Rig.BLOCK_VARIABLE, String.valueOf(BLOCK)));
    LandSubject land = new LandSubject(Lander.of(subject.contender()), scale.landedAs());
    return new Landing(
        land, rig.topics(), id, process, folder, input(rig, subject, events).tally());
  }

  @Override
  public void clear(Rig rig, long events) throws IOException {
    for (String topic : topics) {
      rig.topics().offsets().deleteTopic(topic);
    }
    topics.clear();
  }
}
