package io.flafka.bench;

import io.flafka.bench.load.BareLander;
import io.flafka.bench.load.FilePut;
import io.flafka.bench.load.Tally;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.util.ArrayList;
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
  private final List<Lander> landers;

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
      Lander... landers) {
    this.name = name;
    this.landedAs = landedAs;
    this.unit = unit;
    this.measure = measure;
    this.events = events;
    this.stockShare = stockShare;
    this.landers = List.of(landers);
  }

  /** As lines, in one directory. */
  static LandScenario text() {
    return new LandScenario(
        "land",
        LandedAs.TEXT,
        Layout.Unit.EVENT,
        Landing::new,
        24_000_000,
        24,
        Lander.STOCK,
        Lander.AT_LEAST_ONCE,
        Lander.EXACTLY_ONCE,
        Lander.BARE,
        Lander.HDFS_PUT,
        Lander.FLINK);
  }

  /** As lines, in 24 directories at a time. */
  static LandScenario hourly() {
    return new LandScenario(
        "land-hourly",
        LandedAs.HOURLY,
        Layout.Unit.EVENT,
        Landing::new,
        24_000_000,
        48,
        Lander.STOCK,
        Lander.AT_LEAST_ONCE,
        Lander.EXACTLY_ONCE);
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
        Lander.STOCK,
        Lander.AT_LEAST_ONCE,
        Lander.EXACTLY_ONCE);
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
        Lander.STOCK,
        Lander.AT_LEAST_ONCE,
        Lander.EXACTLY_ONCE);
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
        Lander.EXACTLY_ONCE);
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
        Lander.STOCK,
        Lander.AT_LEAST_ONCE,
        Lander.EXACTLY_ONCE);
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
    return landers.stream().map(lander -> new LandSubject(lander, landedAs)).toList();
  }

  @Override
  public long share(LandSubject subject, long events) {
    return subject.lander() == Lander.STOCK ? Math.max(1, events / stockShare) : events;
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
        subject.lander().isAgent()
            ? rig.startAgent(id, agent(topics, subject, topic, id, folder))
            : startOther(rig, subject.lander(), topic, id, input, folder);
    return measure.of(subject, topics, id, process, folder, input.tally());
  }

  private static AgentFile agent(
      Topics topics, LandSubject subject, String topic, String group, LandedFolder folder) {
    Contender contender = subject.lander().contender();
    boolean parses = subject.landedAs().shape().isTimed();
    return new AgentFile(topics.channel(contender, parses, topic, group))
        .sink(subject.landedAs().sink(contender, folder));
  }

  private static JavaProcess startOther(
      Rig rig, Lander lander, String topic, String id, Weblogs input, LandedFolder folder)
      throws IOException {
    folder.create();
    if (lander == Lander.FLINK) {
      return FlinkJob.start(rig, topic, id, folder);
    }
    if (lander == Lander.HDFS_PUT) {
      List<String> arguments = new ArrayList<>();
      input.paths().forEach(path -> arguments.add(path.toString()));
      arguments.add(folder.path().toString());
      return rig.startBare(id, FilePut.class, arguments.toArray(String[]::new));
    }
    return rig.startBare(
        id,
        BareLander.class,
        rig.topics().bootstrapServers(),
        topic,
        id,
        String.valueOf(input.lines()),
        folder.path() + "/lines");
  }

  @Override
  public void clear(Rig rig, long events) throws IOException {
    for (long lines : numbers(events)) {
      rig.topics().offsets().deleteTopic(topic(lines));
    }
  }
}
