package io.flafka.spooldir;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** A file that waits to be read, as a listing saw it. */
record SpoolFile(Path path, FileState state) {
  String name() {
    return path.getFileName().toString();
  }

  FileTime modified() {
    return state.identity().modified();
  }
}
