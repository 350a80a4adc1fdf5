package io.flafka.spooldir;

import java.nio.file.Path;
import java.util.UUID;

/**
 * How far the channels have accepted one instance of a file.
 *
 * @param stream names the instance, whatever becomes of the file's name
 * @param identity of the instance; a file of another identity has nothing to do with this tracker
 * @param offset bytes, from the start of the file
 * @param finished whether everything was accepted, so that only the retirement is left. The offset
 *     alone can't say so: the one event of an empty file ends at 0
 */
record Tracker(String stream, Path file, FileIdentity identity, long offset, boolean finished) {
  Tracker {
    if (offset < 0 || offset > identity.size()) {
      throw new IllegalArgumentException(
          "offset " + offset + " is not within the " + identity.size() + " bytes of " + file);
    }
  }

  /** The tracker of an instance of which nothing was accepted yet. */
  static Tracker first(Path file, FileIdentity identity) {
    return new Tracker(UUID.randomUUID().toString(), file, identity, 0, false);
  }

  Tracker at(long accepted) {
    return new Tracker(stream, file, identity, accepted, finished);
  }

  Tracker finish() {
    return new Tracker(stream, file, identity, offset, true);
  }
}
