package io.flafka.spooldir.retire;

import io.flafka.spooldir.disk.Durable;
import io.flafka.spooldir.disk.FileState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/**
 * Retires a file by moving it into an archive, below a directory for the day of its last change:
 * {@code <archiveDir>/2013-09-15/<path below the spooling directory>}. Where the name is taken, a
 * number follows it. To another file system it is copied, completely, before it is deleted.
 *
 * @param zone whose days they are
 */
public record Archiving(Path spoolDir, Path archiveDir, ZoneId zone) implements Retirement {
  @Override
  public Set<Path> retire(Path file, FileState state) throws IOException {
    String day =
        DateTimeFormatter.ISO_LOCAL_DATE.format(
            state.identity().modified().toInstant().atZone(zone));
    Path wanted = archiveDir.resolve(day).resolve(spoolDir.relativize(file));
    Path directory = Durable.parent(wanted);
    Durable.directories(directory);
    String name = wanted.getFileName().toString();
    Durable.move(
        file,
        state.identity(),
        Durable.free(number -> directory.resolve(name + (number == 0 ? "" : "." + number))));
    return Set.of(directory, Durable.parent(file));
  }
}
