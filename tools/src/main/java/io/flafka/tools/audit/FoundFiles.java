package io.flafka.tools.audit;

import io.flafka.spooldir.SpoolRecords.Found;
import io.flafka.spooldir.disk.FileIdentity;
import io.flafka.spooldir.track.Tracker;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files in a spooling directory, by their names, less those that a tracker has been found to be
 * about.
 */
final class FoundFiles {
  private final Map<Path, Found> byPath = new TreeMap<>();
  private final Map<FileIdentity, Found> retired = new HashMap<>();
  private final Set<Path> claimed = new HashSet<>();

  void add(Found file) {
    byPath.put(file.path(), file);
    if (file.retired()) {
      retired.put(file.state().identity(), file);
    }
  }

  int size() {
    return byPath.size();
  }

  /** The very file that a tracker is about, retired since; null if there is none. */
  @Nullable Found retired(Tracker tracker) {
    Found found = retired.get(tracker.identity());
    return found != null && found.path().toString().startsWith(tracker.file().toString())
        ? found
        : null;
  }

  /** What is under a tracker's path and not retired; null if nothing is. */
  @Nullable Found waiting(Tracker tracker) {
    Found found = byPath.get(tracker.file());
    return found == null || found.retired() ? null : found;
  }

  /** A tracker is about a file, so that it isn't among the others. */
  void claim(Found file) {
    claimed.add(file.path());
  }

  /** The files of which no tracker tells that are retired. */
  List<Found> otherRetired() {
    return byPath.values().stream()
        .filter(file -> file.retired() && !claimed.contains(file.path()))
        .toList();
  }

  /** The files of which no tracker tells that are not retired. */
  List<Found> otherWaiting() {
    // While a directory is listed, a file may be renamed, and seen twice.
    return byPath.values().stream()
        .filter(file -> !file.retired() && !claimed.contains(file.path()))
        .filter(file -> !retired.containsKey(file.state().identity()))
        .toList();
  }
}
