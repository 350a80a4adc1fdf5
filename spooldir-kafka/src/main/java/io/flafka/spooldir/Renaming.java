package io.flafka.spooldir;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Retires a file by adding a suffix to its name. Nothing is ever overwritten: where the name is
 * taken, by an earlier file of the same name, a number follows ({@code access.log.COMPLETED.1}).
 */
record Renaming(String suffix) implements Retirement {

  @Override
  public void retire(Path file) throws IOException {
    String retired = file.getFileName() + suffix;
    for (int number = 0; !moved(file, retired, number); number++) {}
    Durable.force(file.resolveSibling("."));
  }

  private static boolean moved(Path file, String name, int number) throws IOException {
    Path target = file.resolveSibling(number == 0 ? name : name + "." + number);
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
