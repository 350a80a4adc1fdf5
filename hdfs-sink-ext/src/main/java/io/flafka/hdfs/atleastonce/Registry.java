package io.flafka.hdfs.atleastonce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.WRITE;

import io.flafka.hdfs.file.FileNames;
import io.flafka.hdfs.file.Notes;
import io.flafka.lock.FolderLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a sink notes, on its host's own disk, which files it has in use, so that a successor can
 * land them if it dies.
 *
 * <p>Each run of a sink has a folder of its own in {@code hdfs.registryDir}, in which it holds a
 * {@link FolderLock} for its life. A folder whose lock is free is a dead run's: the next sink that
 * starts with this directory takes the lock, and the notes. Files of a live run are never touched.
 *
 * <p>A note, version 1, is a file of three lines in UTF-8, each ended by a newline:
 *
 * <pre>
 * flafka-in-use 1
 * hdfs://nn:8020/logs/FlumeData.1379203200123-5f3a9c1e-0.tmp
 * hdfs://nn:8020/logs/FlumeData.1379203200123-5f3a9c1e-0
 * </pre>
 *
 * <p>the name in use and the final one. It is on the disk before its file is created, so one that a
 * crash cut short stands for no file.
 *
 * <p>For one thread.
 */
public final class Registry implements Notes, Closeable {
  private static final Logger log = LoggerFactory.getLogger(Registry.class);
  private static final String VERSION = "flafka-in-use 1";
  private static final String NOTE = ".note";
  private static final int ATTEMPTS = 10;

  private final Path folder;
  private final FolderLock lock;
  private final Map<FileNames.Names, Path> notes = new HashMap<>();
  private long number;
  private boolean reported;

  private Registry(Path folder, FolderLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Opens a registry for a new run.
   *
   * @param run what no other run of any sink has
   * @throws IOException if the directory can't be used
   */
  public static Registry open(Path directory, String run) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Path folder = Files.createDirectories(directory.resolve(run + "-" + attempt));
      try {
        return new Registry(folder, FolderLock.take(folder));
      } catch (FolderLock.HeldException | NoSuchFileException e) {
        // Another sink took the new folder for a dead run's before it was locked.
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /**
   * Takes over what runs that are dead had in use.
   *
   * @param ours whether a file is in the file system of the one who asks; the others' wait for
   *     theirs
   * @return a registry for each dead run, with its notes; what can't be read is left, and reported
   */
  public static List<Registry> takeOver(Path directory, Predicate<FileNames.Names> ours)
      throws IOException {
    List<Registry> dead = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory, Files::isDirectory)) {
      for (Path folder : folders) {
        adopt(folder, ours).ifPresent(dead::add);
      }
    }
    return dead;
  }

  private static Optional<Registry> adopt(Path folder, Predicate<FileNames.Names> ours) {
    try {
      Registry run = new Registry(folder, FolderLock.take(folder));
      if (run.isReadable() && run.inUse().stream().allMatch(ours)) {
        return Optional.of(run);
      }
      run.lock.close();
    } catch (FolderLock.HeldException | NoSuchFileException e) {
      // Alive, or settled by another one just now.
    } catch (IOException e) {
      reportUnreadable(folder, e);
    }
    return Optional.empty();
  }

  private boolean isReadable() {
    try {
      read();
      return true;
    } catch (IOException e) {
      reportUnreadable(folder, e);
      return false;
    }
  }

  private static void reportUnreadable(Path folder, IOException e) {
    log.warn(
        "{} can't be read ({}): files that a dead agent had in use, and noted there, keep their"
            + " in-use names",
        folder,
        e.toString());
  }

  private void read() throws IOException {
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(folder, one -> one.toString().endsWith(NOTE))) {
      for (Path note : all) {
        FileNames.Names names = parse(note);
        if (names == null) {
          Files.delete(note);
        } else {
          notes.put(names, note);
        }
      }
    }
  }

  private static FileNames.@Nullable Names parse(Path note) throws IOException {
    String text = Files.readString(note, UTF_8);
    String[] lines = text.split("\n", -1);
    boolean whole = lines.length == 4 && lines[3].isEmpty();
    if (!whole) {
      return null;
    }
    if (!lines[0].equals(VERSION)) {
      throw new IOException(note + " is of another version: it begins with '" + lines[0] + "'");
    }
    return new FileNames.Names(
        new org.apache.hadoop.fs.Path(lines[2]), new org.apache.hadoop.fs.Path(lines[1]));
  }

  /** The note survives a power failure; where it can't be made, that is reported, once. */
  @Override
  public void opening(FileNames.Names names) {
    Path note = folder.resolve(number++ + NOTE);
    String text = VERSION + "\n" + names.inUse() + "\n" + names.published() + "\n";
    try {
      Files.writeString(note, text, UTF_8, CREATE_NEW, WRITE, DSYNC);
      notes.put(names, note);
    } catch (IOException e) {
      if (!reported) {
        reported = true;
        log.warn(
            "{} can't be written to ({}): files that this agent opens from now on keep their in-use"
                + " names if it is killed. Check hdfs.registryDir; a restart makes it anew",
            folder,
            e.toString());
      }
    }
  }

  @Override
  public void done(FileNames.Names names) {
    Path note = notes.remove(names);
    try {
      if (note != null) {
        Files.deleteIfExists(note);
      }
    } catch (IOException e) {
      // The successor finds that there is no file of this name in use.
      log.warn("The note {} can't be deleted ({}); it does no harm", note, e.toString());
    }
  }

  /** The files in use. */
  public List<FileNames.Names> inUse() {
    return List.copyOf(notes.keySet());
  }

  /** Ends the run. What it still has in use is its successor's. */
  @Override
  public void close() {
    try {
      if (notes.isEmpty()) {
        lock.deleteFolder();
      } else {
        lock.close();
      }
    } catch (IOException e) {
      // An empty folder does no harm; the next sink deletes it.
      log.warn("{} can't be put away ({})", folder, e.toString());
    }
  }
}
