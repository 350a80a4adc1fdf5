package io.flafka.spooldir;

import io.flafka.spooldir.disk.FileState;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import io.flafka.spooldir.find.SpoolFile;
import io.flafka.spooldir.read.ContentLength;
import io.flafka.spooldir.retire.Marking;
import io.flafka.spooldir.retire.Quarantine;
import io.flafka.spooldir.track.Tracker;
import io.flafka.spooldir.track.TrackerBook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What is on record of a spooling directory, for those who only look: it changes nothing, takes no
 * lock, and a source may be at work meanwhile. A file has its tracker from before its first event
 * to after its retirement; so who asks for the {@link #trackers} first and for the {@link #files}
 * then knows of each that was begun by the first answer where it is by the second, if it is there.
 *
 * <p>For one thread.
 */
public final class SpoolRecords {
  private static final Pattern NUMBER = Pattern.compile("\\.\\d+$");
  private static final Pattern STREAM =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final byte[] AVRO = {'O', 'b', 'j', 1};

  private final Path spoolDir;
  private final Path trackerDir;
  private final String suffix;
  private final boolean recursive;
  private final Marking marking;

  /**
   * Looks at nothing yet.
   *
   * @param trackerDir as the source's key; a relative one is below the spooling directory
   * @param suffix {@code fileSuffix}
   * @param recursive {@code recursiveDirectorySearch}
   */
  public SpoolRecords(Path spoolDir, String trackerDir, String suffix, boolean recursive) {
    this.spoolDir = spoolDir.toAbsolutePath().normalize();
    this.trackerDir = this.spoolDir.resolve(trackerDir).normalize();
    this.suffix = suffix;
    this.recursive = recursive;
    this.marking = new Marking(this.spoolDir, this.trackerDir, suffix);
  }

  /**
   * A file that is there.
   *
   * @param retired whether all of it was delivered, as its name or its marker says
   */
  public record Found(Path path, FileState state, boolean retired) {}

  /** Whether a stream can be a file's: others than this source have streams, too. */
  public static boolean isStream(String stream) {
    return STREAM.matcher(stream).matches();
  }

  /** Absolute and normalized. */
  public Path spoolDir() {
    return spoolDir;
  }

  /** A path below it, as it is called there. */
  public String below(Path file) {
    return spoolDir.relativize(file).toString();
  }

  /** Where the trackers are. */
  public Path home() {
    return trackerDir.resolve(Spool.HOME);
  }

  /** Whether a source has ever read the directory, and has not lost its trackers' directory. */
  public boolean isKnown() {
    return Files.isDirectory(home());
  }

  /**
   * The trackers of all files that are begun and not retired, as they were last stored.
   *
   * @throws SpoolUnavailableException if they can't be read or understood; the message is for the
   *     operator
   */
  public Collection<Tracker> trackers() throws SpoolUnavailableException {
    return TrackerBook.open(home(), spoolDir).all();
  }

  /**
   * Hands on every file that is not hidden. Patterns that the source has to pass over some are not
   * known here.
   *
   * @throws IOException if a directory can't be listed
   */
  public void files(Consumer<Found> each) throws IOException {
    list(spoolDir, each);
  }

  private void list(Path directory, Consumer<Found> each) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (!entry.getFileName().toString().startsWith(".") && !entry.equals(trackerDir)) {
          look(entry, each);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void look(Path entry, Consumer<Found> each) throws IOException {
    try {
      FileState state = FileState.of(entry);
      if (state.regular()) {
        boolean retired =
            entry.getFileName().toString().endsWith(suffix)
                || marking.contains(new SpoolFile(entry, state));
        each.accept(new Found(entry, state, retired));
      } else if (recursive && state.directory() && !Files.isSymbolicLink(entry)) {
        list(entry, each);
      }
    } catch (NoSuchFileException vanished) {
      // Renamed or removed since it was listed.
    }
  }

  /** What is in quarantine, where that is below the trackers' directory. */
  public List<Quarantine.Kept> quarantined() throws IOException {
    return Quarantine.kept(trackerDir.resolve(SpoolDirConfig.QUARANTINE));
  }

  /**
   * Where the last line of a file ends, as its tracker counts. Compressed files are decompressed
   * for it.
   *
   * @param now where it is
   * @return nothing if it counts events
   * @throws IOException if the file can't be read, or breaks off
   */
  public OptionalLong end(Tracker tracker, Path now) throws IOException {
    if (tracker.countsBytesOfFile()) {
      return OptionalLong.of(tracker.identity().size());
    }
    return tracker.countsDecompressedBytes()
        ? OptionalLong.of(
            ContentLength.decompressed(now, tracker.file(), tracker.identity().size()))
        : OptionalLong.empty();
  }

  /**
   * Whether {@link #end(Found)} decompresses a file, since it has the name of one that is read so.
   */
  public boolean isDecompressed(Found retired) {
    return ContentLength.isDecompressed(named(retired.path()));
  }

  /**
   * Where the last line of a retired file ends, if lines were read from it.
   *
   * @throws IOException if it can't be read, or breaks off
   */
  public long end(Found retired) throws IOException {
    long size = retired.state().identity().size();
    return isDecompressed(retired)
        ? ContentLength.decompressed(retired.path(), named(retired.path()), size)
        : size;
  }

  /** Whether a file is one of Avro's, of which events are counted and not bytes. */
  public boolean isAvro(Found file) throws IOException {
    try (InputStream in = Files.newInputStream(file.path())) {
      return Arrays.equals(in.readNBytes(AVRO.length), AVRO);
    }
  }

  /** How a file was called before it was retired. */
  private Path named(Path retired) {
    String name = retired.getFileName().toString();
    if (!name.endsWith(suffix)) {
      return retired;
    }
    String before = name.substring(0, name.length() - suffix.length());
    Path plain = retired.resolveSibling(before);
    return ContentLength.isDecompressed(plain)
        ? plain
        : retired.resolveSibling(NUMBER.matcher(before).replaceFirst(""));
  }
}
