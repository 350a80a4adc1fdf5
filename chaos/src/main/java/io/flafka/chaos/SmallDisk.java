package io.flafka.chaos;

import io.flafka.testbed.command.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file system of its own that holds little, so that it can be filled: a part of the memory, which
 * Linux mounts for root and nobody else. For one thread.
 */
final class SmallDisk implements AutoCloseable {
  private static final String SIZE = "256m";
  private static final int BLOCK = 64 << 10;

  private final Path folder;
  private final Path ballast;
  private final Thread atExit = new Thread(this::unmount, "unmount");

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.ballast = folder.resolve("ballast");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Mounts one, if that is allowed. */
  static Optional<SmallDisk> mount(Path folder) throws IOException {
    Files.createDirectories(folder);
    boolean mounted =
        succeeds("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "flafka-chaos", folder.toString());
    return mounted ? Optional.of(new SmallDisk(folder)) : Optional.empty();
  }

  private static boolean succeeds(String... command) throws IOException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in " + command[0], e);
    }
  }

  /** Leaves no room. */
  void fill() throws IOException {
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      if (!isFull(folder)) {
        throw e;
      }
    }
  }

  /** Makes room again. */
  void clear() throws IOException {
    Files.deleteIfExists(ballast);
  }

  /** Whether there is no room where a folder is. */
  static boolean isFull(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace() < BLOCK;
  }

  /** Keeps what is on it in its folder, for whoever looks for what went wrong. */
  @Override
  public void close() throws IOException {
    clear();
    Path copy = folder.resolveSibling(folder.getFileName() + "-copy");
    if (!succeeds("cp", "-a", folder.toString(), copy.toString())) {
      throw new IOException(folder + " can't be copied");
    }
    unmount();
    Runtime.getRuntime().removeShutdownHook(atExit);
    Folders.delete(folder);
    Files.move(copy, folder);
  }

  private void unmount() {
    // Lazily: at exit, agents may not have ended yet.
    try {
      if (!succeeds("umount", "-l", folder.toString())) {
        System.err.println("chaos: " + folder + " is still mounted: umount it");
      }
    } catch (IOException e) {
      System.err.println("chaos: " + folder + " is still mounted: umount it (" + e + ")");
    }
  }
}
