package io.flafka.spooldir;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the files that wait. One listing asks the file system once for every file that waits, and
 * for no other, unless it searches recursively: then it must ask which names are directories.
 *
 * <p>Links to files are followed, links to directories are not. A file that vanishes meanwhile is
 * left out; a file or sub-directory that can't be looked at is reported once, for as long as that
 * lasts, and left out.
 *
 * <p>For one thread.
 */
final class SpoolListing {
  private static final Logger log = LoggerFactory.getLogger(SpoolListing.class);

  private final SpoolDirConfig config;
  private Set<Path> unreadable = new HashSet<>();

  SpoolListing(SpoolDirConfig config) {
    this.config = config;
  }

  /**
   * Lists the spooling directory, in the order in which the files are to be read.
   *
   * @throws SpoolUnavailableException if the directory itself can't be listed
   */
  List<SpoolFile> list() throws SpoolUnavailableException {
    List<SpoolFile> found = new ArrayList<>();
    Set<Path> failing = new HashSet<>();
    try {
      search(config.spoolDir(), found, failing);
    } catch (IOException e) {
      throw new SpoolUnavailableException(
          "spoolDir = " + config.spoolDir() + " can't be listed (" + e + ")", e);
    }
    unreadable = failing;
    config.order().sort(found);
    return found;
  }

  private void search(Path directory, List<SpoolFile> found, Set<Path> failing) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        try {
          visit(entry, found, failing);
        } catch (NoSuchFileException vanished) {
          // Renamed or removed since it was listed.
        } catch (IOException | InvalidPathException e) {
          report(entry, e, failing);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void visit(Path entry, List<SpoolFile> found, Set<Path> failing) throws IOException {
    String name = entry.getFileName().toString();
    boolean file = config.names().admitsFile(name) && !config.retirement().isRetired(entry);
    boolean directory = config.recursive() && config.names().admitsDirectory(name);
    if (!file && !directory) {
      return;
    }
    FileState state = FileState.of(entry);
    if (state.regular() && file) {
      found.add(new SpoolFile(entry, state));
    } else if (state.directory() && directory && isOurs(entry)) {
      search(entry, found, failing);
    }
  }

  private boolean isOurs(Path directory) {
    return !directory.equals(config.trackerDir()) && !Files.isSymbolicLink(directory);
  }

  private void report(Path entry, Exception problem, Set<Path> failing) {
    failing.add(entry);
    if (!unreadable.contains(entry)) {
      log.error(
          "{} can't be looked at ({}): nothing of it is delivered until that is put right; the"
              + " other files go on",
          entry,
          problem.toString());
    }
  }
}
