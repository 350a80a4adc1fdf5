package io.flafka.spooldir;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Changes to a file system that a power failure does not undo once they have returned. */
final class Durable {
  /** Ends the name of a file that is being written. Whoever owns the directory may delete it. */
  static final String UNFINISHED = ".tmp";

  private Durable() {}

  /** Replaces a file's content: afterwards it is the old one or the new one, never a mixture. */
  static void replace(Path file, byte[] content) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try (FileChannel channel = FileChannel.open(unfinished, CREATE, WRITE, TRUNCATE_EXISTING)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, ATOMIC_MOVE);
    force(file.resolveSibling("."));
  }

  /** Creates a directory and those above it that are missing. */
  static void directories(Path directory) throws IOException {
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

  /** Makes what was created, renamed or deleted in a directory last. */
  static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }
}
