package io.flafka.testbed.weblogs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Reads the files that a sink publishes in a folder, each once, as they appear. What is below a
 * name that begins with {@code _} or {@code .} is not there, as it isn't for Hive, Spark and
 * MapReduce.
 *
 * <p>For one thread.
 */
public final class LandedFiles {
  private static final String IN_USE_SUFFIX = ".tmp";

  private final FileSystem fileSystem;
  private final Path folder;
  private final LineTally tally;
  private final Set<Path> seen = new HashSet<>();
  private long lines;

  /**
   * Reads nothing yet.
   *
   * @param tally counts the lines as come out
   */
  public LandedFiles(FileSystem fileSystem, Path folder, LineTally tally) {
    this.fileSystem = fileSystem;
    this.folder = folder;
    this.tally = tally;
  }

  /** Looks for new files; returns the number of lines in all files so far. */
  public long read() throws IOException {
    try {
      RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(folder, true);
      while (files.hasNext()) {
        Path file = files.next().getPath();
        if (!isHidden(file) && !isInUse(file) && seen.add(file)) {
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

  /** How many lines can be read now, those in files still in use among them. */
  public long visible() throws IOException {
    long visible = 0;
    LineTally uncounted = new LineTally();
    RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(folder, true);
    while (files.hasNext()) {
      Path file = files.next().getPath();
      if (!isHidden(file)) {
        try (InputStream in = fileSystem.open(file)) {
          visible += uncounted.in(in);
        }
      }
    }
    return visible;
  }

  /** Whether a file is left that isn't published. */
  public boolean anyInUse() throws IOException {
    RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(folder, true);
    while (files.hasNext()) {
      Path file = files.next().getPath();
      if (!isHidden(file) && isInUse(file)) {
        return true;
      }
    }
    return false;
  }

  private boolean isHidden(Path file) {
    int above = folder.depth();
    for (Path path = file; path != null && path.depth() > above; path = path.getParent()) {
      if (path.getName().startsWith("_") || path.getName().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInUse(Path file) {
    return file.getName().endsWith(IN_USE_SUFFIX);
  }
}
