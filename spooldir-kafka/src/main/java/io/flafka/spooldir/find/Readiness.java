package io.flafka.spooldir.find;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a file that is written in the spooling directory itself is complete. A file that was moved
 * there in one step needs neither sign.
 *
 * @param minAge how long it must have been unchanged; zero for no time
 * @param doneSuffix of a marker that is there once the file is: {@code access.log.done} for {@code
 *     access.log}
 */
public record Readiness(Duration minAge, Optional<String> doneSuffix) {
  /** Every file is ready. */
  public static final Readiness AT_ONCE = new Readiness(Duration.ZERO, Optional.empty());

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
  Instant readyAt(SpoolFile file) {
    return file.modified().toInstant().plus(minAge);
  }
}
