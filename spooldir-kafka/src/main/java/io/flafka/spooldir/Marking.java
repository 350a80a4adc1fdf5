package io.flafka.spooldir;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Retires a file by an empty marker, and leaves the file alone: stock Flume's {@code tracker_dir}.
 *
 * <p>The marker of {@code <spoolDir>/a/b.log} is {@code <trackerDir>/a/b.log<suffix>}. It stands
 * for the name, not for the file: as long as it is there, whatever lies under that name is not
 * read.
 */
record Marking(Path spoolDir, Path trackerDir, String suffix) implements Retirement {

  @Override
  public void retire(Path file) throws IOException {
    Path marker = marker(file);
    Durable.directories(marker.resolveSibling("."));
    try {
      Files.createFile(marker);
    } catch (FileAlreadyExistsException marked) {
      // By a run that ended before it could drop its tracker.
    }
    Durable.force(marker.resolveSibling("."));
  }

  @Override
  public boolean isRetired(Path file) {
    return Files.exists(marker(file));
  }

  @Override
  public boolean changesSpoolDir() {
    return false;
  }

  private Path marker(Path file) {
    Path relative = spoolDir.relativize(file);
    return trackerDir.resolve(relative.resolveSibling(relative.getFileName() + suffix));
  }
}
