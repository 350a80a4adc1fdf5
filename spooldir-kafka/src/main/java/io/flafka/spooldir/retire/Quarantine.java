package io.flafka.spooldir.retire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.spooldir.disk.Durable;
import io.flafka.spooldir.disk.ReplacedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Takes what can't be delivered out of the way, and keeps it: whole files, and single events.
 * Beside each lies a report for the operator, with the ending {@code .report}.
 *
 * <p>The path below the spooling directory is kept. Nothing is overwritten but the same event, kept
 * twice. When a method returns, its work survives a power failure.
 *
 * <p>For any thread.
 *
 * @param directory where to put it; made when it is needed
 */
public record Quarantine(Path spoolDir, Path directory, InstantSource clock) {
  private static final String REPORT = ".report";

  /** In bytes, with room to spare. */
  private static final int LONGEST_REPORT = 1 << 16;

  /**
   * Moves a file into quarantine.
   *
   * @return where it is now
   * @throws ReplacedFileException if another one has come under its name; that one stays there
   */
  public Path take(UnfitFile unfit) throws IOException {
    Path file = unfit.file();
    Path wanted = directory.resolve(spoolDir.relativize(file));
    Path home = Durable.parent(wanted);
    Durable.directories(home);
    Path target = free(home, unfit);
    try {
      report(target, unfit.report(target, clock.instant()));
      Durable.move(file, unfit.tracker().identity(), target);
    } catch (IOException e) {
      if (!Durable.isTaken(target)) {
        Files.deleteIfExists(reportOf(target));
      }
      throw e;
    }
    Durable.force(home);
    Durable.force(Durable.parent(file));
    return target;
  }

  /**
   * Keeps the body of an event that a channel refuses. What is kept twice, because a crash came
   * before the channel had accepted the rest, is there once.
   *
   * @param body as it was read
   * @return where it is
   */
  public Path keep(RefusedEvent refused, byte[] body) throws IOException {
    Path path = directory.resolve(spoolDir.relativize(refused.file()));
    Path home = Durable.parent(path);
    Durable.directories(home);
    Path kept = refused.in(home);
    Durable.replace(kept, body);
    report(kept, refused.report(clock.instant()));
    return kept;
  }

  /**
   * What is there may be a report, or a file that is called like one. A report about this very file
   * has no file beside it if a crash came between the two.
   */
  private static Path free(Path home, UnfitFile unfit) {
    String name = String.valueOf(unfit.file().getFileName());
    return Durable.free(
        number -> home.resolve(name + (number == 0 ? "" : "." + number)),
        path -> Durable.isTaken(path) || isTakenByAnother(reportOf(path), unfit));
  }

  private static boolean isTakenByAnother(Path report, UnfitFile unfit) {
    try {
      return Files.size(report) > LONGEST_REPORT
          || !Files.readString(report, ISO_8859_1).endsWith(unfit.signature());
    } catch (IOException e) {
      return Durable.isTaken(report);
    }
  }

  private static void report(Path about, String text) throws IOException {
    Durable.replace(reportOf(about), text.getBytes(UTF_8));
  }

  private static Path reportOf(Path about) {
    return about.resolveSibling(about.getFileName() + REPORT);
  }
}
