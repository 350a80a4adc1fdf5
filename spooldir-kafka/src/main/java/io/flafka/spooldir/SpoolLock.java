package io.flafka.spooldir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to be the only reader of a spooling directory: an operating-system lock on a file in
 * its tracker directory, which says who holds it. It ends when it is closed or its process ends, in
 * whatever way; what the file says then is stale and means nothing.
 */
final class SpoolLock implements Closeable {
  private static final String NAME = "lock";

  /**
   * The lock files that this JVM holds. It is the JVM's because the locks are the process's:
   * closing any descriptor of a locked file would release the lock, so a second reader in the same
   * JVM must not even open it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private SpoolLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a tracker directory.
   *
   * @throws SpoolUnavailableException if someone else has it; the message says who
   */
  static SpoolLock take(Path directory) throws SpoolUnavailableException {
    try {
      Path file = directory.toRealPath().resolve(NAME);
      if (!HELD.add(file)) {
        throw refused(file, "another source in this agent");
      }
      try {
        return new SpoolLock(file, locked(file));
      } catch (IOException | SpoolUnavailableException | RuntimeException e) {
        HELD.remove(file);
        throw e;
      }
    } catch (IOException e) {
      throw new SpoolUnavailableException(
          "the lock in " + directory + " can't be taken (" + e + "): check trackerDir", e);
    }
  }

  private static FileChannel locked(Path file) throws IOException, SpoolUnavailableException {
    FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
    try {
      if (channel.tryLock() == null) {
        throw refused(file, Files.readString(file).strip());
      }
      byte[] owner = (ManagementFactory.getRuntimeMXBean().getName() + "\n").getBytes(UTF_8);
      channel.truncate(0).write(ByteBuffer.wrap(owner), 0);
      return channel;
    } catch (IOException | SpoolUnavailableException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static SpoolUnavailableException refused(Path file, String owner) {
    return new SpoolUnavailableException(
        "the spooling directory is in use by "
            + (owner.isEmpty() ? "another process" : owner)
            + ", which holds "
            + file
            + ": stop that one, or give this source another spoolDir and trackerDir",
        null);
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(file);
    }
  }
}
