package io.flafka.spooldir.find;

import java.io.IOException;

/** Knows the files that were delivered and have stayed where they were. For any thread. */
public interface Retired {
  /** Whether a file was delivered. */
  boolean contains(SpoolFile file) throws IOException;

  /** Whether there may be such files: then a new file need not show in its directory's time. */
  boolean leavesFiles();
}
