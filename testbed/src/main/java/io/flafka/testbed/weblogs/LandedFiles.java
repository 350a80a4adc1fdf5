package io.flafka.testbed.weblogs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.CannotObtainBlockLengthException;

/**
 * Reads the files that a sink publishes in a folder, each once, as they appear.
 *
 * <p>As Hive, Spark and MapReduce do, it passes over files and folders whose names begin with an
 * underscore or a dot; a sink that delivers exactly once keeps what is its own in such a folder.
 *
 * <p>For one thread.
 */
public final class LandedFiles {
  private static final String IN_USE_SUFFIX = ".tmp";
  private static final String PREMISES = "_flafka";
  private static final String OWNER = "owner-";

  private final FileSystem fileSystem;
  private final Path folder;
  private final Lines landed;
  private final Set<Path> seen = new HashSet<>();
  private final Set<Path> unreadable = new HashSet<>();
  private long lines;

  /** Takes the lines of a file. */
  @FunctionalInterface
  public interface Lines {
    /** Returns how many they are. */
    long take(InputStream file) throws IOException;
  }

  /**
   * Reads nothing yet.
   *
   * @param landed takes the lines of each file
   */
  public LandedFiles(FileSystem fileSystem, Path folder, Lines landed) {
    this.fileSystem = fileSystem;
    this.folder = folder;
    this.landed = landed;
  }

  /** Looks for new files; returns the number of lines in all files so far. */
  public long read() throws IOException {
    unreadable.clear();
    for (Path file : shown()) {
      if (!isInUse(file) && !seen.contains(file)) {
        try (InputStream in = fileSystem.open(file)) {
          lines += landed.take(in);
          seen.add(file);
        } catch (CannotObtainBlockLengthException e) {
          unreadable.add(file); // A dead writer has it open still.
        }
      }
    }
    return lines;
  }

  /** The files that {@link #read} last found published, and that nobody can read. */
  public Set<Path> unreadable() {
    return Set.copyOf(unreadable);
  }

  /** How many lines readers see now; those of files that end in {@code .tmp} are among them. */
  public long visible() throws IOException {
    long visible = 0;
    LineTally uncounted = new LineTally();
    for (Path file : shown()) {
      try (InputStream in = fileSystem.open(file)) {
        visible += uncounted.in(in);
      }
    }
    return visible;
  }

  /**
   * The files that are not published, which is what a sink has in use and what dead ones have left.
   *
   * @param running whether a sink runs, which needs a note there of whose its files are
   */
  public List<Path> unfinished(boolean running) throws IOException {
    List<Path> unfinished = new ArrayList<>(shown());
    unfinished.removeIf(file -> !isInUse(file));
    Path premises = new Path(folder, PREMISES);
    for (String part : List.of("runs", "cleared")) {
      List<Path> files = new ArrayList<>();
      addAll(new Path(premises, part), true, files);
      files.removeIf(file -> running && file.getName().startsWith(OWNER));
      unfinished.addAll(files);
    }
    return unfinished;
  }

  /**
   * The manifests of what sinks are just landing, or were when they died: the files are finished,
   * and not all published.
   */
  public Set<Path> pendingManifests() throws IOException {
    List<Path> files = new ArrayList<>();
    addAll(new Path(folder, PREMISES + "/runs"), true, files);
    return files.stream()
        .filter(file -> file.getName().endsWith(".json"))
        .collect(Collectors.toUnmodifiableSet());
  }

  private List<Path> shown() throws IOException {
    List<Path> files = new ArrayList<>();
    addAll(folder, false, files);
    return files;
  }

  private void addAll(Path directory, boolean hidden, List<Path> files) throws IOException {
    for (FileStatus entry : list(directory)) {
      Path path = entry.getPath();
      if (!hidden && isHidden(path)) {
        continue;
      }
      if (entry.isDirectory()) {
        addAll(path, hidden, files);
      } else {
        files.add(path);
      }
    }
  }

  /** Nothing if it isn't there yet, or just gone. */
  private FileStatus[] list(Path directory) throws IOException {
    try {
      return fileSystem.listStatus(directory);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  private static boolean isHidden(Path path) {
    return path.getName().startsWith("_") || path.getName().startsWith(".");
  }

  private static boolean isInUse(Path file) {
    return file.getName().endsWith(IN_USE_SUFFIX);
  }
}
