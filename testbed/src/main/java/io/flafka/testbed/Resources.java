package io.flafka.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that the testbed brings with it. */
final class Resources {
  private Resources() {}

  /** Copies a file of this package into a folder, and returns where it is. */
  static Path copy(String name, Path folder) throws IOException {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("No resource " + name + " beside " + Resources.class);
      }
      Files.createDirectories(folder);
      Path target = folder.resolve(name);
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
      return target;
    }
  }
}
