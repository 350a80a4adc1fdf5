package io.flafka.spooldir.track;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flume.serialization.DurablePositionTracker;
import org.apache.flume.serialization.PositionTracker;

/**
 * Where stock Flume's {@code spooldir} stopped: what {@code .flumespool-main.meta} holds, as
 * stock's own {@link DurablePositionTracker} reads it.
 *
 * @param file that was being read, absolute
 * @param offset bytes that were delivered
 */
public record StockTracker(Path file, long offset) {
  private static final String NAME = ".flumespool-main.meta";
  private static final String UNKNOWN = "";
  private static final String TAKEN_OVER = NAME + ".taken-over";

  /**
   * Looks for a note of stock's; empty if there is none, or one without content, which stock, too,
   * takes for none.
   *
   * @param trackerDir of stock's source
   * @throws IOException if there is one that can't be read
   */
  public static Optional<StockTracker> find(Path trackerDir) throws IOException {
    Path note = trackerDir.resolve(NAME);
    if (!Files.isRegularFile(note) || Files.size(note) == 0) {
      return Optional.empty();
    }
    try (PositionTracker tracker = DurablePositionTracker.getInstance(note.toFile(), UNKNOWN)) {
      // The name is as it was spelled in stock's configuration.
      Path file = Path.of(tracker.getTarget()).toAbsolutePath().normalize();
      return Optional.of(new StockTracker(file, tracker.getPosition()));
    } catch (RuntimeException e) {
      // Avro's, of a torn record; or of a name that is none.
      throw new IOException(note + " is not what stock Flume writes", e);
    }
  }

  /** Renames the note, so that it is not looked at again; stock, too, then begins anew. */
  public static void putAway(Path trackerDir) throws IOException {
    Files.move(trackerDir.resolve(NAME), trackerDir.resolve(TAKEN_OVER), REPLACE_EXISTING);
  }
}
