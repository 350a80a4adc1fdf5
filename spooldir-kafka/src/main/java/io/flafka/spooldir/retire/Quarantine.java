package io.flafka.spooldir.retire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.spooldir.disk.Durable;
import io.flafka.spooldir.disk.ReplacedFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

  /** More than any report has, bytes. */
  private static final long LONGEST_REPORT = 1 << 16;

  /** The end of every report. */
  private static final Pattern STREAM = Pattern.compile("\nstream     (\\S+)\n\\z");

  /**
   * What is in quarantine: a file, or a single event.
   *
   * @param stream of the instance of the file
   * @param event whether it is a single event, and the file went on
   */
  public record Kept(Path path, String stream, boolean event) {}

  /** All that has a report in a directory, or below. It need not be there. */
  public static List<Kept> kept(Path directory) throws IOException {
    List<Kept> all = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path report : files.filter(Quarantine::isReport).toList()) {
          String name = report.getFileName().toString();
          Path about = report.resolveSibling(name.substring(0, name.length() - REPORT.length()));
          String text = Files.readString(report);
          Matcher stream = STREAM.matcher(text);
          if (Durable.isTaken(about) && stream.find()) {
            all.add(new Kept(about, stream.group(1), RefusedEvent.isReport(text)));
          }
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    return all;
  }

  private static boolean isReport(Path file) {
    return file.getFileName().toString().endsWith(REPORT)
        && Files.isRegularFile(file)
        && file.toFile().length() <= LONGEST_REPORT;
  }

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
    String name = wanted.getFileName().toString();
    Path target =
        Durable.free(
            number -> home.resolve(name + (number == 0 ? "" : "." + number)),
            path -> Durable.isTaken(path) || isTakenByAnother(reportOf(path), unfit));
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
   * What is there may be a report about another file, or a file that is called like one; or what a
   * crash has left of this file's report.
   */
  private static boolean isTakenByAnother(Path report, UnfitFile unfit) {
    if (!Durable.isTaken(report)) {
      return false;
    }
    try {
      return Files.size(report) > LONGEST_REPORT || !unfit.isReport(Files.readString(report));
    } catch (IOException e) {
      return true;
    }
  }

  private static void report(Path about, String text) throws IOException {
    Durable.replace(reportOf(about), text.getBytes(UTF_8));
  }

  private static Path reportOf(Path about) {
    return about.resolveSibling(about.getFileName() + REPORT);
  }
}
