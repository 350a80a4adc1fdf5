package io.flafka.spooldir;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Retires a file by adding a suffix to its name. Nothing is ever overwritten: where the name is
 * taken, by an earlier file of the same name, a number goes before the suffix ({@code
 * access.log.1.COMPLETED}), so that stock Flume, too, passes over it.
 */
record Renaming(String suffix) implements Retirement {

  @Override
  public void retire(Path file) throws IOException {
    for (int number = 0; !moved(file, number); number++) {}
    Durable.force(file.resolveSibling("."));
  }

  private boolean moved(Path file, int number) throws IOException {
    String name = file.getFileName() + (number == 0 ? "" : "." + number) + suffix;
    Path target = file.resolveSibling(name);
    try {
      Files.move(file, target);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  @Override
  public boolean isRetired(Path file) {
    return false;
  }

  @Override
  public boolean changesSpoolDir() {
    return true;
  }
}
