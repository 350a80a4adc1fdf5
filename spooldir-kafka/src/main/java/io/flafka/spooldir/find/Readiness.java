package io.flafka.spooldir.find;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a file that is written in the spooling directory itself is complete. A file that was moved
 * there in one step needs no sign of it: its inode was changed after its content.
 *
 * @param minAge how long a file must have been unchanged; zero for no time
 * @param rest how long one must, whose times say that it was written where it lies
 * @param doneSuffix of a marker that is there once the file is: {@code access.log.done} for {@code
 *     access.log}
 */
public record Readiness(Duration minAge, Duration rest, Optional<String> doneSuffix) {
  /** Every file is ready. */
  public static final Readiness AT_ONCE =
      new Readiness(Duration.ZERO, Duration.ZERO, Optional.empty());

  /** The file that a new entry of a directory may have made ready; empty if none. */
  Optional<Path> announced(Path entry) {
    if (doneSuffix.isEmpty()) {
      return Optional.of(entry);
    }
    String name = entry.getFileName().toString();
    String suffix = doneSuffix.get();
    return name.endsWith(suffix) && name.length() > suffix.length()
        ? Optional.of(entry.resolveSibling(name.substring(0, name.length() - suffix.length())))
        : Optional.empty();
  }

  /** The marker of a file, if there are any markers. */
  public Optional<Path> marker(Path file) {
    return doneSuffix.map(suffix -> file.resolveSibling(file.getFileName() + suffix));
  }

  /** When a file will have been unchanged for long enough, if it stays so. */
  Instant readyAt(SpoolFile file, Instant now) {
    Duration wait = mayGrow(file, now) && rest.compareTo(minAge) > 0 ? rest : minAge;
    // A time that is yet to come is no reason to wait if none is asked for.
    return wait.isZero() ? now : since(file, now).plus(wait);
  }

  /**
   * Where somebody has set the time of the content to one that is yet to come, the inode's counts.
   */
  private static Instant since(SpoolFile file, Instant now) {
    Instant modified = file.modified().toInstant();
    return modified.isAfter(now) ? file.state().touched().toInstant() : modified;
  }

  private static boolean mayGrow(SpoolFile file, Instant now) {
    boolean wasWrittenHere = file.state().touched().equals(file.modified());
    // A clock that was set back says nothing about rest.
    return wasWrittenHere && !file.modified().toInstant().isAfter(now);
  }
}
