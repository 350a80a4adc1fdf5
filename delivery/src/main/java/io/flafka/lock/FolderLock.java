package io.flafka.lock;

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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to be the only user of a folder: an operating-system lock on the file {@code lock} in
 * it, which says who holds it ({@code pid@host}). It ends when it is closed or its process ends, in
 * whatever way; what the file says then is stale and means nothing.
 *
 * <p>For any thread.
 */
public final class FolderLock implements Closeable {
  private static final String NAME = "lock";

  /**
   * The lock files that this JVM holds. The system's locks are the process's: closing any
   * descriptor of a locked file would release the lock, so a second user in the same JVM must not
   * even open it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path folder, Path file, FileChannel channel) {
    this.folder = folder;
    this.file = file;
    this.channel = channel;
  }

  /** Somebody else has the lock. */
  public static final class HeldException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String owner;

    private HeldException(Path file, String owner) {
      super(file + " is held by " + owner);
      this.owner = owner;
    }

    /** Who has it, for messages. */
    public String owner() {
      return owner;
    }
  }

  /**
   * Takes the lock of a folder that exists.
   *
   * @throws HeldException if somebody else has it
   * @throws IOException if it can't be taken for another reason
   */
  public static FolderLock take(Path folder) throws IOException {
    Path file = folder.toRealPath().resolve(NAME);
    if (!HELD.add(file)) {
      throw new HeldException(file, "this agent itself");
    }
    try {
      return new FolderLock(folder, file, locked(file));
    } catch (IOException | RuntimeException e) {
      HELD.remove(file);
      throw e;
    }
  }

  private static FileChannel locked(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
    try {
      if (channel.tryLock() == null) {
        String owner = Files.readString(file).strip();
        throw new HeldException(file, owner.isEmpty() ? "another process" : owner);
      }
      byte[] owner = (ManagementFactory.getRuntimeMXBean().getName() + "\n").getBytes(UTF_8);
      channel.truncate(0).write(ByteBuffer.wrap(owner), 0);
      if (Files.notExists(file)) {
        throw new NoSuchFileException(file.toString(), null, "its last user has just deleted it");
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Lets the lock go, and deletes the folder, in which there must be nothing but the lock. */
  public void deleteFolder() throws IOException {
    close();
    // Only now: a file that is open can't be deleted for good on NFS. Whoever was faster did it.
    Files.deleteIfExists(file);
    Files.deleteIfExists(folder);
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
