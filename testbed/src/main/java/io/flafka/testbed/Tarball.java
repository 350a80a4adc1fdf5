package io.flafka.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The plugin's tarballs, as the build made them. */
public final class Tarball {
  private Tarball() {}

  /** For hosts where flume-ng finds {@code hadoop classpath}. */
  public static Path plain() throws IOException {
    return named("-plugins.tar.gz");
  }

  /** For hosts without Hadoop. */
  public static Path withHadoop() throws IOException {
    return named("-plugins-with-hadoop.tar.gz");
  }

  private static Path named(String suffix) throws IOException {
    Path folder = Home.root().resolve("dist/target");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .findFirst()
          .orElseThrow(
              () ->
                  new IOException(
                      "No *" + suffix + " in " + folder + ": build it with `mvn -Dquick package`"));
    }
  }
}
