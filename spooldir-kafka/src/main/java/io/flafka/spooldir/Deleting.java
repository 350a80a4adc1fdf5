package io.flafka.spooldir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Retires a file by deleting it. */
record Deleting() implements Retirement {

  @Override
  public void retire(Path file) throws IOException {
    Files.delete(file);
    Durable.force(file.resolveSibling("."));
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
