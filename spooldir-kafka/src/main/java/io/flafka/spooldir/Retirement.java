package io.flafka.spooldir;

import java.io.IOException;
import java.nio.file.Path;

/** What becomes of a file once the channels have accepted all of it. */
sealed interface Retirement permits Renaming, Deleting, Marking {
  /**
   * Takes a file out of the way, durably: when this returns, not even a power failure brings it
   * back.
   *
   * @throws IOException if the file is still in the way
   */
  void retire(Path file) throws IOException;

  /** Whether a file that a listing found has been retired and merely lies where it was. */
  boolean isRetired(Path file);

  /** Whether retiring changes the directory that the file is in. */
  boolean changesSpoolDir();
}
