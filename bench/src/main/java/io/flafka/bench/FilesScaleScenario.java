package io.flafka.bench;

import io.flafka.bench.load.TallyFile;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The same number of lines in more and more files, a source, and a channel that keeps nothing. */
final class FilesScaleScenario implements Scenario<ScaleSubject> {
  private static final List<Integer> FILES = List.of(10, 100, 1_000, 10_000, 100_000);

  /** So many of the files are different, or one of a hundred; the others are names of them. */
  private static final int DIFFERENT = 10;

  private static final int NAMES = 100;

  /** Stock reads for so long, and what it has read by then counts. */
  private static final Duration WINDOW = Duration.ofSeconds(20);

  private static final Duration WARM_UP_LIMIT = Duration.ofSeconds(60);
  private static final int WARM_UP_FILES = 1_000;
  private static final long WARM_UP_LINES = 100;

  @Override
  public String name() {
    return "scale-files";
  }

  @Override
  public long events() {
    return 10_000_000;
  }

  @Override
  public List<ScaleSubject> subjects() {
    return ScaleSubject.all(List.of(Contender.STOCK, Contender.AT_LEAST_ONCE), FILES);
  }

  @Override
  public Layout<ScaleSubject> layout() {
    return ScaleSubject.layout("files", FILES.get(0), List.of());
  }

  @Override
  public String caption(long events) {
    return "%,d web-log lines in files that all wait; lines a second from when the source is let at"
            .formatted(events)
        + " them until all files are retired, or for %d s".formatted(WINDOW.toSeconds());
  }

  @Override
  public void prepare(Rig rig, long events) throws IOException {
    warmUp(rig, events);
  }

  private static Backlog.Lot warmUp(Rig rig, long events) throws IOException {
    int files = (int) Math.max(1, Math.min(WARM_UP_FILES, events / WARM_UP_LINES));
    Weblogs input = rig.weblogs(files * WARM_UP_LINES, WARM_UP_LINES);
    return new Backlog.Lot(input, files, WARM_UP_LIMIT);
  }

  @Override
  public void prepare(Rig rig, ScaleSubject subject, long events) throws IOException {
    lot(rig, subject, events);
  }

  private static Backlog.Lot lot(Rig rig, ScaleSubject subject, long events) throws IOException {
    int files = subject.scale();
    long each = Math.max(1, events / files);
    int different = Math.max(DIFFERENT, files / NAMES);
    return new Backlog.Lot(rig.weblogs(different * each, each), files, WINDOW);
  }

  @Override
  public Trial start(Rig rig, ScaleSubject subject, long events, String id) throws IOException {
    Path own = Files.createDirectories(rig.folder(id));
    SpoolFolder spool = SpoolFolder.create(own.resolve("spool"));
    Path tally = own.resolve("tally");
    TallyFile arrivals = TallyFile.open(tally);
    Spooler spooler = Spooler.of(subject.contender());
    BacklogSubject backlog = new BacklogSubject(spooler, subject.scale());
    JavaProcess process =
        rig.startAgent(
            id, SpoolScenario.discarding(tally, false).source(backlog.source(spool.path(), own)));
    return new Backlog(
        process,
        spool,
        arrivals,
        warmUp(rig, events),
        lot(rig, subject, events),
        Layout.Unit.EVENT);
  }

  @Override
  public void clear(Rig rig, long events) {
    // The files go with the rig.
  }
}
