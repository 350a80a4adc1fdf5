package io.flafka.spooldir.find;

import io.flafka.spooldir.disk.FileState;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the file system for the files that wait: one question for every file that waits, and none
 * for others, unless it searches recursively: then it must ask which names are directories.
 *
 * <p>Links to files are followed, links to directories are not. A file that vanishes meanwhile is
 * left out; a file or sub-directory that can't be looked at is reported once, for as long as that
 * lasts, and left out.
 *
 * <p>For one thread.
 */
final class SpoolListing {
  private static final Logger log = LoggerFactory.getLogger(SpoolListing.class);

  private final Search search;
  private final Consumer<Path> directories;
  private final Consumer<SpoolFile> files;
  private Set<Path> unreadable = new HashSet<>();
  private Set<Path> failing = new HashSet<>();

  /**
   * Makes a listing that is yet to be done, any number of times.
   *
   * @param directories is told of every directory before what is in it is looked at
   * @param files is told of every file that passes the filter, in no order
   */
  SpoolListing(Search search, Consumer<Path> directories, Consumer<SpoolFile> files) {
    this.search = search;
    this.directories = directories;
    this.files = files;
  }

  /**
   * Lists everything.
   *
   * @throws SpoolUnavailableException if the spooling directory itself can't be listed
   */
  void list() throws SpoolUnavailableException {
    failing = new HashSet<>();
    try {
      list(search.spoolDir());
    } catch (IOException e) {
      throw new SpoolUnavailableException(
          "spoolDir = " + search.spoolDir() + " can't be listed (" + e + ")", e);
    }
    unreadable = failing;
  }

  /** Whether there is something that could not be looked at. */
  boolean isPartial() {
    return !unreadable.isEmpty();
  }

  private void list(Path directory) throws IOException {
    directories.accept(directory);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        look(entry);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Looks at one entry of a directory that is listed or watched. */
  void look(Path entry) {
    try {
      visit(entry);
    } catch (NoSuchFileException vanished) {
      // Renamed or removed since it was listed.
    } catch (IOException | InvalidPathException e) {
      report(entry, e);
    }
  }

  private void visit(Path entry) throws IOException {
    Optional<Path> file = search.readiness().announced(entry).filter(this::isWanted);
    if (file.isPresent()) {
      FileState state = FileState.of(file.get());
      if (state.regular()) {
        files.accept(new SpoolFile(file.get(), state));
        return;
      }
    }
    if (search.recursive()
        && search.names().admitsDirectory(entry.getFileName().toString())
        && !search.without().contains(entry)
        && !Files.isSymbolicLink(entry)
        && Files.isDirectory(entry)) {
      list(entry);
    }
  }

  private boolean isWanted(Path file) {
    return search.names().admitsFile(file.getFileName().toString());
  }

  private void report(Path entry, Exception problem) {
    failing.add(entry);
    if (unreadable.add(entry)) {
      log.error(
          "{} can't be looked at ({}): nothing of it is delivered until that is put right; the"
              + " other files go on",
          entry,
          problem.toString());
    }
  }
}
