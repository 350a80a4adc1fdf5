package io.flafka.bench;

import io.flafka.bench.load.LineShape;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files of web-log lines, a source, the Kafka channel and a sink, all in one agent. */
final class WholeScenario implements Scenario<WholeSubject> {
  private static final int BATCH = 1_000;
  private static final long STOCK_SHARE = 24;

  /** So many that a few are what is under way, also for stock. */
  private static final long LEAST_FILES = 480;

  private final String name;
  private final LandedAs landedAs;
  private final List<WholeSubject> subjects;

  private WholeScenario(String name, LandedAs landedAs, WholeSubject... subjects) {
    this.name = name;
    this.landedAs = landedAs;
    this.subjects = List.of(subjects);
  }

  /** Into one directory. */
  static WholeScenario text() {
    return new WholeScenario(
        "whole",
        LandedAs.TEXT,
        WholeSubject.STOCK,
        new WholeSubject(Spooler.TAILDIR, Contender.STOCK, 4),
        new WholeSubject(Spooler.FLAFKA, Contender.AT_LEAST_ONCE, 1),
        new WholeSubject(Spooler.FLAFKA, Contender.EXACTLY_ONCE, 1));
  }

  /** Into a directory for each hour, by the time of the line. */
  static WholeScenario hourly() {
    return new WholeScenario(
        "whole-hourly",
        LandedAs.HOURLY,
        WholeSubject.STOCK,
        new WholeSubject(Spooler.STOCK, Contender.STOCK, 4),
        new WholeSubject(Spooler.FLAFKA, Contender.AT_LEAST_ONCE, 1),
        new WholeSubject(Spooler.FLAFKA, Contender.EXACTLY_ONCE, 1));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long events() {
    return 24_000_000;
  }

  @Override
  public List<WholeSubject> subjects() {
    return subjects;
  }

  @Override
  public long share(WholeSubject subject, long events) {
    return subject.isStock() ? Math.max(1, events * subject.sinks() / STOCK_SHARE) : events;
  }

  @Override
  public Layout<WholeSubject> layout() {
    return WholeSubject.LAYOUT;
  }

  @Override
  public String caption(long events) {
    return "%,d web-log lines a run, of which stock carries %,d with one sink, %,d with four; "
            .formatted(events, share(subjects.get(0), events), share(subjects.get(1), events))
        + "measured "
        + Steady.WHEN;
  }

  /** Warms broker and HDFS; every trial has a topic of its own. */
  @Override
  public void prepare(Rig rig, long events) throws IOException {
    rig.warehouse();
    String topic = name + "-warm-up";
    rig.topics().fillTopic(topic, LineShape.RAW, weblogs(rig, events));
    rig.topics().offsets().deleteTopic(topic);
  }

  private static Weblogs weblogs(Rig rig, long events) throws IOException {
    return rig.largeWeblogs(events, LEAST_FILES);
  }

  @Override
  public Trial start(Rig rig, WholeSubject subject, long events, String id) throws IOException {
    Weblogs input = weblogs(rig, events).first(share(subject, events));
    Flow flow = Flow.create(rig, id);
    JavaProcess process = rig.startAgent(id, agent(rig, subject, flow));
    return Carrying.steadily(subject, flow, process, input);
  }

  /** An agent that carries what is spooled to where it lands. */
  AgentFile agent(Rig rig, WholeSubject subject, Flow flow) throws IOException {
    Map<String, String> channel =
        flow.topics()
            .channel(subject.contender(), time(subject) != EventTime.NONE, flow.id(), flow.id());
    return new AgentFile(channel)
        .source(source(subject, flow.spool(), rig.folder(flow.id())))
        .hdfsSinks(subject.sinks(), landedAs.sink(subject.contender(), flow.landed()));
  }

  private Map<String, String> source(WholeSubject subject, SpoolFolder spool, Path own) {
    Map<String, String> source = new TreeMap<>(subject.spooler().source(spool.path(), own));
    source.putAll(time(subject).keys());
    if (subject.isStock()) {
      source.put("batchSize", String.valueOf(BATCH));
    }
    return source;
  }

  private EventTime time(WholeSubject subject) {
    if (landedAs != LandedAs.HOURLY) {
      return EventTime.NONE;
    }
    return subject.isStock() ? EventTime.REGEX : EventTime.ANY;
  }

  @Override
  public void clear(Rig rig, long events) {
    // Every trial has deleted its topic and its folder.
  }
}
