package io.flafka.spooldir.retire;

import io.flafka.spooldir.disk.Durable;
import io.flafka.spooldir.disk.FileState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Retires a file by adding a suffix to its name. Nothing is ever overwritten: where the name is
 * taken, by an earlier file of the same name, a number goes before the suffix ({@code
 * access.log.1.COMPLETED}), so that stock Flume, too, passes over it.
 */
public record Renaming(String suffix) implements Retirement {
  @Override
  public Set<Path> retire(Path file, FileState state) throws IOException {
    String name = file.getFileName().toString();
    Path target =
        Durable.free(
            number -> file.resolveSibling(name + (number == 0 ? "" : "." + number) + suffix));
    Durable.move(file, state.identity(), target);
    return Set.of(Durable.parent(file));
  }
}
