package io.flafka.spooldir.track;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.flume.serialization.DurablePositionTracker;
import org.apache.flume.serialization.PositionTracker;

/**
 * Where stock Flume's {@code spooldir} stopped: what {@code .flumespool-main.meta} holds, as
 * stock's own {@link DurablePositionTracker} reads it. Of a torn one, by a full disk or a power
 * failure, the last position counts that is complete.
 *
 * @param file that was being read, absolute, and otherwise as stock's configuration spelled it
 * @param offset bytes that were delivered
 */
public record StockTracker(Path file, long offset) {
  private static final String NAME = ".flumespool-main.meta";
  private static final String UNKNOWN = "";

  /** More than stock's last record has, bytes: the note is read without what is torn of it. */
  private static final int MOST_TORN = 64;

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
    byte[] content = Files.readAllBytes(note);
    for (int torn = 0; ; torn++) {
      try {
        return Optional.of(read(note, Arrays.copyOf(content, content.length - torn)));
      } catch (IOException | RuntimeException e) {
        // Avro's, of a torn record, or a NullPointerException in it; or of a name that is none.
        if (torn == Math.min(MOST_TORN, content.length - 1)) {
          throw new IOException(note + " is not what stock Flume writes", e);
        }
      }
    }
  }

  /** What stock reads, it writes to: so it gets a copy. */
  private static StockTracker read(Path note, byte[] content) throws IOException {
    Path copy = Files.write(note.resolveSibling(NAME + ".copy"), content);
    try (PositionTracker tracker = DurablePositionTracker.getInstance(copy.toFile(), UNKNOWN)) {
      return new StockTracker(Path.of(tracker.getTarget()).toAbsolutePath(), tracker.getPosition());
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** Renames the note, so that it is not looked at again; stock, too, then begins anew. */
  public static void putAway(Path trackerDir) throws IOException {
    Files.move(trackerDir.resolve(NAME), trackerDir.resolve(TAKEN_OVER), REPLACE_EXISTING);
  }
}
