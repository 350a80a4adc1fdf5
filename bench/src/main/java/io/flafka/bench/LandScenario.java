package io.flafka.bench;

import io.flafka.bench.load.BareLander;
import io.flafka.bench.load.Tally;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.util.List;

/** A full topic of web-log lines, the channel, and a sink that lands them in HDFS. */
final class LandScenario implements Scenario<LandSubject> {
  private static final long LEAST_FILES = 48;

  private final String name;
  private final LandedAs landedAs;
  private final Layout.Unit unit;
  private final Measure measure;
  private final long events;
  private final long stockShare;
  private final List<Contender> contenders;

  /** Begins to measure what has just been started. */
  @FunctionalInterface
  private interface Measure {
    Trial of(
        LandSubject subject,
        Topics topics,
        String group,
        JavaProcess process,
        LandedFolder folder,
        Tally lines);
  }

  /**
   * A way to land.
   *
   * @param stockShare the part of the lines that stock lands, to take about as long as the others
   */
  private LandScenario(
      String name,
      LandedAs landedAs,
      Layout.Unit unit,
      Measure measure,
      long events,
      long stockShare,
      Contender... contenders) {
    this.name = name;
    this.landedAs = landedAs;
    this.unit = unit;
    this.measure = measure;
    this.events = events;
    this.stockShare = stockShare;
    this.contenders = List.of(contenders);
  }

  /** As lines, in one directory. */
  static LandScenario text() {
    return new LandScenario(
        "land",
        LandedAs.TEXT,
        Layout.Unit.EVENT,
        Landing::new,
        12_000_000,
        24,
        Contender.STOCK,
        Contender.AT_LEAST_ONCE,
        Contender.EXACTLY_ONCE,
        Contender.BARE);
  }

  /** As lines, in 24 directories at a time. */
  static LandScenario hourly() {
    return new LandScenario(
        "land-hourly",
        LandedAs.HOURLY,
        Layout.Unit.EVENT,
        Landing::new,
        12_000_000,
        48,
        Contender.STOCK,
        Contender.AT_LEAST_ONCE,
        Contender.EXACTLY_ONCE);
  }

  /** As lines, in 24 directories at a time and files of a thousand. */
  static LandScenario rolls() {
    return new LandScenario(
        "land-rolls",
        LandedAs.ROLLS,
        Layout.Unit.FILE,
        Landing::new,
        2_400_000,
        24,
        Contender.STOCK,
        Contender.AT_LEAST_ONCE,
        Contender.EXACTLY_ONCE);
  }

  /** As lines, compressed. */
  static LandScenario gzip() {
    return new LandScenario(
        "land-gzip",
        LandedAs.GZIP,
        Layout.Unit.EVENT,
        Landing::new,
        6_000_000,
        12,
        Contender.STOCK,
        Contender.AT_LEAST_ONCE,
        Contender.EXACTLY_ONCE);
  }

  /** As columns, which stock can't. */
  static LandScenario parquet() {
    return new LandScenario(
        "land-parquet",
        LandedAs.PARQUET,
        Layout.Unit.EVENT,
        Landing::new,
        6_000_000,
        1,
        Contender.EXACTLY_ONCE);
  }

  /** As lines, in 24 directories at a time, until the agent is stopped in the midst of it. */
  static LandScenario stop() {
    return new LandScenario(
        "land-stop",
        LandedAs.HOURLY,
        Layout.Unit.STOP,
        Stopping::new,
        6_000_000,
        48,
        Contender.STOCK,
        Contender.AT_LEAST_ONCE,
        Contender.EXACTLY_ONCE);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long events() {
    return events;
  }

  @Override
  public List<LandSubject> subjects() {
    return contenders.stream().map(contender -> new LandSubject(contender, landedAs)).toList();
  }

  @Override
  public long share(LandSubject subject, long events) {
    return subject.contender() == Contender.STOCK ? Math.max(1, events / stockShare) : events;
  }

  @Override
  public Layout<LandSubject> layout() {
    return LandSubject.layout(unit, subjects());
  }

  @Override
  public String caption(long events) {
    String most = "%,d web-log lines a run".formatted(events);
    String some = "%s, of which stock lands %,d".formatted(most, events / stockShare);
    String lines = stockShare == 1 ? most : some;
    return unit == Layout.Unit.STOP
        ? lines + ", if it weren't stopped when a quarter is done"
        : lines + "; measured " + Steady.WHEN;
  }

  /** Fills a topic for each number of lines, which warms the broker, too. */
  @Override
  public void prepare(Rig rig, long events) throws IOException {
    rig.warehouse();
    for (long lines : numbers(events)) {
      Weblogs input = weblogs(rig, events).first(lines);
      rig.topics().fillTopic(topic(lines), landedAs.shape(), input);
    }
  }

  private List<Long> numbers(long events) {
    return subjects().stream().map(subject -> share(subject, events)).distinct().toList();
  }

  private static Weblogs weblogs(Rig rig, long events) throws IOException {
    return rig.largeWeblogs(events, LEAST_FILES);
  }

  private String topic(long lines) {
    return name + "-" + lines;
  }

  @Override
  public Trial start(Rig rig, LandSubject subject, long events, String id) throws IOException {
    Topics topics = rig.topics();
    long lines = share(subject, events);
    String topic = topic(lines);
    LandedFolder folder = rig.warehouse().folder(id);
    Weblogs input = weblogs(rig, events).first(lines);
    JavaProcess process =
        subject.contender() == Contender.BARE
            ? rig.startBare(
                id,
                BareLander.class,
                topics.bootstrapServers(),
                topic,
                id,
                String.valueOf(input.lines()),
                folder.path() + "/lines")
            : rig.startAgent(
                id,
                new AgentFile(
                        topics.channel(subject.contender(), landedAs.shape().isTimed(), topic, id))
                    .sink(subject.sink(folder)));
    return measure.of(subject, topics, id, process, folder, input.tally());
  }

  @Override
  public void clear(Rig rig, long events) throws IOException {
    for (long lines : numbers(events)) {
      rig.topics().offsets().deleteTopic(topic(lines));
    }
  }
}
