package io.flafka.hdfs;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The lock on a run's folder in the {@link Registry}. The operating system lets it go when the
 * process ends, however that happens.
 *
 * <p>For any thread.
 */
final class RunLock {
  private static final String NAME = "lock";

  /**
   * The locks that this JVM holds. The system's locks are the process's: to open and close a locked
   * file a second time would let its lock go.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Path file;
  private final FileChannel channel;

  private RunLock(Path folder, Path file, FileChannel channel) {
    this.folder = folder;
    this.file = file;
    this.channel = channel;
  }

  /** Takes a folder's lock; empty if somebody has it, or the folder is just being deleted. */
  static Optional<RunLock> take(Path folder) throws IOException {
    Path file = folder.toAbsolutePath().normalize().resolve(NAME);
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    @Nullable FileChannel channel = null;
    try {
      channel = FileChannel.open(file, CREATE, WRITE);
      if (channel.tryLock() != null) {
        return Optional.of(new RunLock(folder, file, channel));
      }
    } catch (NoSuchFileException e) {
      return free(file, null);
    } catch (IOException | RuntimeException e) {
      free(file, channel);
      throw e;
    }
    return free(file, channel);
  }

  private static Optional<RunLock> free(Path file, @Nullable FileChannel channel)
      throws IOException {
    HELD.remove(file);
    if (channel != null) {
      channel.close();
    }
    return Optional.empty();
  }

  /** Lets it go, and deletes the folder if nothing else is in it. */
  void release(boolean delete) throws IOException {
    try (channel) {
      if (delete) {
        Files.delete(file);
        Files.delete(folder);
      }
    } finally {
      HELD.remove(file);
    }
  }
}
