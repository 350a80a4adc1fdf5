package io.flafka.spooldir.disk;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** Changes to a file system that a crash does not leave half done, nor a power failure undo. */
public final class Durable {
  /** Ends the name of a file that is being written. Whoever owns the directory may delete it. */
  private static final String UNFINISHED = ".tmp";

  private Durable() {}

  /** Replaces a file's content: afterwards it is the old one or the new one, never a mixture. */
  public static void replace(Path file, byte[] content) throws IOException {
    write(file, content);
    force(parent(file));
  }

  /** The same, but that it lasts only once the directory is {@link #force}d, too. */
  public static void write(Path file, byte[] content) throws IOException {
    Path unfinished = unfinished(file);
    try (FileChannel channel = FileChannel.open(unfinished, CREATE, WRITE, TRUNCATE_EXISTING)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, ATOMIC_MOVE);
  }

  /**
   * A name that is free: the first one where all that are taken come before all that are not. It
   * asks for few of them however many are taken.
   *
   * @param names the wanted name at 0, then others to try
   */
  public static Path free(IntFunction<Path> names) {
    return free(names, Durable::isTaken);
  }

  /** The same where it takes more for a name to be free. */
  public static Path free(IntFunction<Path> names, Predicate<Path> isTaken) {
    int taken = -1;
    int free = 0;
    while (isTaken.test(names.apply(free))) {
      taken = free;
      free = Math.max(1, 2 * free);
    }
    while (free - taken > 1) {
      int between = taken + (free - taken) / 2;
      if (isTaken.test(names.apply(between))) {
        taken = between;
      } else {
        free = between;
      }
    }
    return names.apply(free);
  }

  /** Whether a name is not free. */
  public static boolean isTaken(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Moves a file to a name that is {@link #free}, also to another file system. It lasts once both
   * directories are {@link #force}d.
   *
   * @param identity of the file that is meant
   * @throws ReplacedFileException if another one has come under its name; that one stays there
   */
  public static void move(Path file, FileIdentity identity, Path target) throws IOException {
    try {
      Files.move(file, target, ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException elsewhere) {
      copy(file, target);
      Files.delete(file);
      return;
    }
    // A link may lead elsewhere from its new place.
    if (!Files.isSymbolicLink(target)
        && FileState.of(target).identity().inode() != identity.inode()) {
      putBack(target, file);
      throw new ReplacedFileException(file);
    }
  }

  private static void putBack(Path target, Path file) throws IOException {
    try {
      Files.createLink(file, target);
      Files.delete(target);
    } catch (UnsupportedOperationException noLinks) {
      Files.move(target, file);
    }
  }

  /** A crash leaves a copy under another name, which is overwritten. */
  private static void copy(Path file, Path target) throws IOException {
    Path unfinished = unfinished(target);
    Files.copy(file, unfinished, COPY_ATTRIBUTES, REPLACE_EXISTING);
    force(unfinished);
    Files.move(unfinished, target, ATOMIC_MOVE);
    force(parent(target));
  }

  /** Creates a directory and those above it that are missing. */
  public static void directories(Path directory) throws IOException {
    Path missing = directory.toAbsolutePath().normalize();
    if (Files.isDirectory(missing)) {
      return;
    }
    Path parent = missing.getParent();
    if (parent != null) {
      directories(parent);
      Files.createDirectories(missing);
      force(parent);
    }
  }

  /**
   * Makes a file's content last, or what was created, renamed or deleted in a directory.
   *
   * @throws IOException also if it is not there
   */
  public static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, READ)) {
      channel.force(true);
    }
  }

  /** The directory that a file is in. */
  public static Path parent(Path file) {
    return file.resolveSibling(".").normalize();
  }

  /** Hidden: no input is, so it is nobody else's name where input is moved to. */
  private static Path unfinished(Path file) {
    return file.resolveSibling("." + file.getFileName() + UNFINISHED);
  }
}
