package io.flafka.bench;

import io.flafka.testbed.command.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A spooling directory, seen from outside. What begins with a dot is nobody's input. */
record SpoolFolder(Path path) {
  private static final String DONE = ".COMPLETED";

  /** Makes an empty one. */
  static SpoolFolder create(Path path) throws IOException {
    return new SpoolFolder(Files.createDirectories(path));
  }

  /** How many files are not done. */
  int waiting() {
    return count(false);
  }

  /** How many files are done. */
  int done() {
    return count(true);
  }

  private int count(boolean done) {
    int count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "[!.]*")) {
      for (Path file : files) {
        if (file.toString().endsWith(DONE) == done) {
          count++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count;
  }

  /** Whether the file of this name is done. */
  boolean isDone(String name) {
    return Files.exists(path.resolve(name + DONE));
  }

  /** Deletes the files that are done. */
  void sweep() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "[!.]*" + DONE)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  /** Makes what has changed last, so that nobody else has to wait for it later. */
  void force() throws IOException {
    try (FileChannel directory = FileChannel.open(path)) {
      directory.force(true);
    }
  }

  void delete() {
    try {
      Folders.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
