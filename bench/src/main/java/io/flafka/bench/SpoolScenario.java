package io.flafka.bench;

import io.flafka.bench.load.BareReader;
import io.flafka.bench.load.Tally;
import io.flafka.bench.load.TallyFile;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Files of web-log lines, a source that reads them, and what its events go into. */
final class SpoolScenario implements Scenario<SpoolSubject> {
  /** The channel and the sink, by name: their superclasses are on an agent's class path alone. */
  static final String CHANNEL = "io.flafka.bench.load.DiscardingChannel";

  static final String SINK = "io.flafka.bench.load.TallySink";

  private static final int BATCH = 1_000;

  /** Stock reads a part of the lines only, and so takes about as long as the others. */
  private static final long STOCK_SHARE = 10;

  private static final long LEAST_FILES = 20;

  private final String name;
  private final List<SpoolSubject> subjects;
  private final Function<Path, AgentFile> agent;

  private SpoolScenario(String name, List<SpoolSubject> subjects, Function<Path, AgentFile> agent) {
    this.name = name;
    this.subjects = subjects;
    this.agent = agent;
  }

  /** Into a channel that keeps nothing. */
  static SpoolScenario discarded() {
    return new SpoolScenario(
        "spool",
        List.of(
            new SpoolSubject(Spooler.STOCK, EventTime.NONE, BATCH),
            new SpoolSubject(Spooler.TAILDIR, EventTime.NONE, BATCH),
            new SpoolSubject(Spooler.FLAFKA, EventTime.NONE, 0),
            new SpoolSubject(Spooler.FLAFKA, EventTime.NONE, BATCH),
            new SpoolSubject(Spooler.BARE, EventTime.NONE, 0)),
        tally -> discarding(tally, false));
  }

  /** Through Flume's memory channel into a sink that takes as its null sink does. */
  static SpoolScenario throughMemory() {
    return new SpoolScenario(
        "spool-memory",
        List.of(
            new SpoolSubject(Spooler.STOCK, EventTime.NONE, BATCH),
            new SpoolSubject(Spooler.TAILDIR, EventTime.NONE, BATCH),
            new SpoolSubject(Spooler.FLAFKA, EventTime.NONE, BATCH)),
        SpoolScenario::memory);
  }

  /** With the time of the line in every event, into a channel that keeps nothing. */
  static SpoolScenario stamped() {
    return new SpoolScenario(
        "spool-weblog",
        List.of(
            new SpoolSubject(Spooler.STOCK, EventTime.REGEX, BATCH),
            new SpoolSubject(Spooler.FLAFKA, EventTime.ANY, BATCH),
            new SpoolSubject(Spooler.FLAFKA, EventTime.COMBINED, BATCH),
            new SpoolSubject(Spooler.FLAFKA, EventTime.COMBINED, 0)),
        tally -> discarding(tally, true));
  }

  /** An agent that has a channel which keeps nothing, and is yet to have its source. */
  static AgentFile discarding(Path tally, boolean stamped) {
    return new AgentFile(
        Map.of("type", CHANNEL, "tally", tally.toString(), "stamped", String.valueOf(stamped)));
  }

  private static AgentFile memory(Path tally) {
    return AgentFile.inMemory()
        .sink(Map.of("type", SINK, "tally", tally.toString(), "batchSize", String.valueOf(BATCH)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long events() {
    return 30_000_000;
  }

  @Override
  public List<SpoolSubject> subjects() {
    return subjects;
  }

  @Override
  public long share(SpoolSubject subject, long events) {
    return subject.spooler() == Spooler.STOCK ? events / STOCK_SHARE : events;
  }

  @Override
  public Layout<SpoolSubject> layout() {
    return SpoolSubject.beside(
        subjects.stream()
            .map(SpoolSubject::spooler)
            .filter(spooler -> spooler != Spooler.FLAFKA)
            .distinct()
            .toList());
  }

  @Override
  public String caption(long events) {
    return "%,d web-log lines a run, of which stock's spooldir reads %,d; measured "
            .formatted(events, events / STOCK_SHARE)
        + Steady.WHEN;
  }

  @Override
  public void prepare(Rig rig, long events) throws IOException {
    weblogs(rig, events);
  }

  private static Weblogs weblogs(Rig rig, long events) throws IOException {
    return rig.largeWeblogs(events, LEAST_FILES);
  }

  @Override
  public Trial start(Rig rig, SpoolSubject subject, long events, String id) throws IOException {
    Weblogs input = weblogs(rig, events).first(share(subject, events));
    Path own = Files.createDirectories(rig.folder(id));
    SpoolFolder spool = SpoolFolder.create(own.resolve("spool"));
    input.linkInto(spool.path());
    Path tally = own.resolve("tally");
    TallyFile arrivals = TallyFile.open(tally);
    if (subject.spooler() == Spooler.BARE) {
      JavaProcess process =
          rig.startBare(id, BareReader.class, spool.path().toString(), tally.toString());
      Tally expected = new Tally(input.lines(), input.tally().bytes(), 0, 0, 0);
      return new Spooling(process, spool, false, arrivals, expected);
    }
    JavaProcess process =
        rig.startAgent(id, agent.apply(tally).source(subject.source(spool.path(), own)));
    boolean stamped = subject.time() != EventTime.NONE;
    Tally expected = stamped ? input.tally() : input.tally().withoutStamps();
    return new Spooling(process, spool, subject.spooler().retires(), arrivals, expected);
  }

  @Override
  public void clear(Rig rig, long events) {
    // The next scenario reads the same lines.
  }
}
