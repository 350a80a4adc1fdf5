package io.flafka.spooldir.find;

import io.flafka.spooldir.disk.FileState;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** A file that was found, in the state that it was in. */
public record SpoolFile(Path path, FileState state) {
  FileTime modified() {
    return state.identity().modified();
  }

  String name() {
    return path.getFileName().toString();
  }
}
