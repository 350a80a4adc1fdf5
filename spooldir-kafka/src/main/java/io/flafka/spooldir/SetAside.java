package io.flafka.spooldir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files that were given up, each until it changes. A change must have come to rest, that is,
 * outlast one listing: a file that somebody keeps appending to is not read again and again.
 *
 * <p>It is in memory only; a restart gives every file another try. For one thread.
 */
final class SetAside {
  private final Map<Path, Entry> entries = new HashMap<>();

  /**
   * @param givenUp the state in which the file was given up
   * @param last the state in the last listing
   */
  private record Entry(FileState givenUp, FileState last) {}

  /** Gives a file up in the state that it is in now. */
  void add(Path file) {
    try {
      FileState state = FileState.of(file);
      entries.put(file, new Entry(state, state));
    } catch (IOException e) {
      // Gone, or out of reach: then a listing that finds it again finds it changed.
      entries.remove(file);
    }
  }

  /** The files of a listing that are worth reading. */
  List<SpoolFile> admitted(List<SpoolFile> listing) {
    if (entries.isEmpty()) {
      return listing;
    }
    entries.keySet().retainAll(listing.stream().map(SpoolFile::path).collect(Collectors.toSet()));
    return listing.stream().filter(this::admits).collect(Collectors.toList());
  }

  private boolean admits(SpoolFile file) {
    Entry entry = entries.get(file.path());
    if (entry == null) {
      return true;
    }
    FileState state = file.state();
    if (!state.equals(entry.givenUp()) && state.equals(entry.last())) {
      entries.remove(file.path());
      return true;
    }
    entries.put(file.path(), new Entry(entry.givenUp(), state));
    return false;
  }
}
