package io.flafka.bench;

import io.flafka.bench.load.TallyFile;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many files of a hundred lines at once, a source, and a channel that keeps nothing. */
final class SmallFilesScenario implements Scenario<BacklogSubject> {
  /** How many lines a file has. */
  private static final long LINES = 100;

  /** How long the files that wait are watched at most. */
  private static final Duration WINDOW = Duration.ofSeconds(60);

  /** So many files are different; the others are further names of them. */
  private static final int DIFFERENT = 1_000;

  private static final List<Integer> WAITING = List.of(BacklogSubject.FEW, 10_000, 100_000);

  @Override
  public String name() {
    return "small-files";
  }

  @Override
  public long events() {
    return 100_000 * LINES;
  }

  @Override
  public List<BacklogSubject> subjects() {
    List<BacklogSubject> subjects = new ArrayList<>();
    for (int waiting : WAITING) {
      subjects.add(new BacklogSubject(Spooler.STOCK, waiting));
      subjects.add(new BacklogSubject(Spooler.FLAFKA, waiting));
    }
    return subjects;
  }

  @Override
  public long share(BacklogSubject subject, long events) {
    return Math.min(subject.waiting() * LINES, Math.max(LINES, events));
  }

  @Override
  public Layout<BacklogSubject> layout() {
    return BacklogSubject.LAYOUT;
  }

  @Override
  public String caption(long events) {
    return "Files of %d lines, at most %,d of them waiting at once; files a second from when the"
            .formatted(LINES, events / LINES)
        + " source is let at them until all are retired, or for "
        + WINDOW.toSeconds()
        + " s";
  }

  @Override
  public void prepare(Rig rig, long events) throws IOException {
    weblogs(rig, events);
  }

  private static Weblogs weblogs(Rig rig, long events) throws IOException {
    return rig.weblogs(Math.min(events, DIFFERENT * LINES), LINES);
  }

  @Override
  public Trial start(Rig rig, BacklogSubject subject, long events, String id) throws IOException {
    Path own = Files.createDirectories(rig.folder(id));
    SpoolFolder spool = SpoolFolder.create(own.resolve("spool"));
    Path tally = own.resolve("tally");
    TallyFile arrivals = TallyFile.open(tally);
    AgentFile agent =
        SpoolScenario.discarding(tally, false).source(subject.source(spool.path(), own));
    JavaProcess process = rig.startAgent(id, agent);
    int waiting = (int) (share(subject, events) / LINES);
    Weblogs input = weblogs(rig, events);
    return new Backlog(
        process,
        spool,
        arrivals,
        new Backlog.Lot(input, Math.min(waiting, DIFFERENT), WINDOW),
        new Backlog.Lot(input, waiting, WINDOW),
        Layout.Unit.FILE);
  }

  @Override
  public void clear(Rig rig, long events) {
    // The files are few, and go with the rig.
  }
}
