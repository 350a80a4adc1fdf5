package io.flafka.spooldir.track;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * Where stock Flume's {@code spooldir} stopped: what {@code .flumespool-main.meta} holds. It is an
 * Avro container whose metadata names the file, and whose records are offsets, of which the last
 * counts. Stock's own class to read it, {@code DurablePositionTracker}, also writes to it, and
 * can't read one that is torn.
 *
 * @param file that was being read, absolute, and otherwise as stock's configuration spelled it
 * @param offset bytes that were delivered
 */
public record StockTracker(Path file, long offset) {
  private static final String NAME = ".flumespool-main.meta";
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
    try (DataFileReader<GenericRecord> records =
        new DataFileReader<>(note.toFile(), new GenericDatumReader<>())) {
      Path file = Path.of(records.getMetaString("file")).toAbsolutePath();
      return Optional.of(new StockTracker(file, last(records)));
    } catch (RuntimeException e) {
      // Avro's, of a record of another kind; or of a name that is none.
      throw new IOException(note + " is not what stock Flume writes", e);
    }
  }

  private static long last(DataFileReader<GenericRecord> records) {
    long offset = 0;
    try {
      while (records.hasNext()) {
        offset = (Long) records.next().get("offset");
      }
    } catch (RuntimeException torn) {
      // By a full disk, or a power failure: what precedes it holds. It is Avro's own exception, or
      // a NullPointerException in Avro.
    }
    return offset;
  }

  /** Renames the note, so that it is not looked at again; stock, too, then begins anew. */
  public static void putAway(Path trackerDir) throws IOException {
    Files.move(trackerDir.resolve(NAME), trackerDir.resolve(TAKEN_OVER), REPLACE_EXISTING);
  }
}
