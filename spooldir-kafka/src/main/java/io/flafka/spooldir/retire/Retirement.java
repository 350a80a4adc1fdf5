package io.flafka.spooldir.retire;

import io.flafka.spooldir.disk.FileState;
import io.flafka.spooldir.find.Retired;
import io.flafka.spooldir.find.SpoolFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** What becomes of files once the channels have accepted all of them. For any thread. */
public sealed interface Retirement extends Retired permits Renaming, Deleting, Marking, Archiving {
  /**
   * Takes a file out of the way.
   *
   * @param state of the file, which was just looked at
   * @return the directories that have changed; not even a power failure brings the file back when
   *     they have been forced to the disk
   * @throws io.flafka.spooldir.disk.ReplacedFileException if another one has come under its name;
   *     that one stays there
   * @throws IOException if the file is still in the way
   */
  Set<Path> retire(Path file, FileState state) throws IOException;

  @Override
  default boolean contains(SpoolFile file) throws IOException {
    return false;
  }

  @Override
  default boolean leavesFiles() {
    return false;
  }
}
