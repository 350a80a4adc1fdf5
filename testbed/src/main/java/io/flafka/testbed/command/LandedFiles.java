package io.flafka.testbed.command;

import io.flafka.testbed.weblogs.LineTally;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Reads the files that a sink publishes in a folder, each once, as they appear. */
final class LandedFiles {
  private static final String IN_USE_SUFFIX = ".tmp";

  private final FileSystem fileSystem;
  private final Path folder;
  private final LineTally tally;
  private final Set<Path> seen = new HashSet<>();
  private long lines;

  LandedFiles(FileSystem fileSystem, Path folder, LineTally tally) {
    this.fileSystem = fileSystem;
    this.folder = folder;
    this.tally = tally;
  }

  /** Looks for new files; returns the number of lines in all files so far. */
  long read() throws IOException {
    try {
      RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(folder, true);
      while (files.hasNext()) {
        Path file = files.next().getPath();
        if (!file.getName().endsWith(IN_USE_SUFFIX) && seen.add(file)) {
          try (InputStream in = fileSystem.open(file)) {
            lines += tally.out(in);
          }
        }
      }
    } catch (FileNotFoundException e) {
      // Nothing has landed yet; or a file got its final name while we listed: next time, then.
    }
    return lines;
  }
}
