package io.flafka.testbed;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a part of the testbed starts from: the jars of one project, as its module resolved them. */
public enum Home {
  KAFKA("kafka"),
  CONNECT("connect"),
  HADOOP("hadoop"),
  FLUME("flume"),
  KERBEROS("kerberos"),
  /** In the profile spark only. */
  SPARK("spark"),
  /** In the profile flink only. */
  FLINK("flink"),

  // Hadoop's older clients: as its installations have them, and in two jars.
  HADOOP_3_3("hadoop-3.3"),
  HADOOP_3_3_SHADED("hadoop-3.3", "classpath-shaded"),
  HADOOP_3_4("hadoop-3.4"),
  HADOOP_3_4_SHADED("hadoop-3.4", "classpath-shaded");

  private final String module;
  private final String file;

  Home(String module) {
    this(module, "classpath");
  }

  Home(String module, String file) {
    this.module = module;
    this.file = file;
  }

  /** The jars, in the order of the class path. */
  public List<Path> jars() {
    Path file = target().resolve(this.file);
    try {
      return Stream.of(Files.readString(file).strip().split(File.pathSeparator))
          .map(Path::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Can't read " + file + ": build it with `mvn -Dquick process-resources`", e);
    }
  }

  /** Whether its module was built. */
  public boolean isThere() {
    return Files.exists(target().resolve(file));
  }

  /** The classes of its module's own, where it has some. */
  public Path classes() {
    return target().resolve("classes");
  }

  private Path target() {
    return root().resolve("testbed/homes").resolve(module).resolve("target");
  }

  /** The top folder of the project: the system property {@code flafka.root}, or found upwards. */
  public static Path root() {
    String given = System.getProperty("flafka.root");
    if (given != null) {
      return Path.of(given);
    }
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("testbed/homes"))) {
        return folder;
      }
    }
    throw new IllegalStateException(here + " isn't inside the Flafka project; set -Dflafka.root");
  }
}
