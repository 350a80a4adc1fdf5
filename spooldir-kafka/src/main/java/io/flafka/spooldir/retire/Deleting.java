package io.flafka.spooldir.retire;

import io.flafka.spooldir.disk.Durable;
import io.flafka.spooldir.disk.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Retires a file by deleting it. */
public record Deleting() implements Retirement {
  @Override
  public Set<Path> retire(Path file, FileState state) throws IOException {
    Files.delete(file);
    return Set.of(Durable.parent(file));
  }
}
