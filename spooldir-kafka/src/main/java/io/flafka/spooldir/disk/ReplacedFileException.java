package io.flafka.spooldir.disk;

import java.io.IOException;
import java.nio.file.Path;

/** Under a file's name lies another file by now, to which nothing was done. */
public final class ReplacedFileException extends IOException {
  private static final long serialVersionUID = 1;

  ReplacedFileException(Path file) {
    super(file + " was replaced by another file");
  }
}
