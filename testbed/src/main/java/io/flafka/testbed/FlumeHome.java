package io.flafka.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Flume 1.11.0 home like the one that Flume's binary distribution unpacks to: {@code lib} with
 * the same jars, {@code bin/flume-ng}, and {@code plugins.d}.
 */
public final class FlumeHome {
  private static final Duration UNPACK_LIMIT = Duration.ofMinutes(1);

  private final Path directory;

  private FlumeHome(Path directory) {
    this.directory = directory;
  }

  /** Makes a home in a folder that doesn't exist yet or is empty. */
  public static FlumeHome assemble(Path directory) throws IOException {
    Path lib = Files.createDirectories(directory.resolve("lib"));
    for (Path jar : Home.FLUME.jars()) {
      Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
    }
    Files.createDirectories(directory.resolve("plugins.d"));
    executable(Resources.copy("flume-ng", directory.resolve("bin")));
    return new FlumeHome(directory);
  }

  /** A home that was assembled before. */
  public static FlumeHome at(Path directory) {
    return new FlumeHome(directory);
  }

  /** Installs a plugin the way that the README tells: {@code tar xzf ... -C $FLUME_HOME}. */
  public FlumeHome unpack(Path tarball) throws IOException {
    JavaProcess.start(
            "unpack",
            directory,
            JavaProcess.Lifetime.FREE,
            Map.of(),
            List.of("tar", "xzf", tarball.toString(), "-C", directory.toString()))
        .succeedWithin(UNPACK_LIMIT);
    return this;
  }

  public Path directory() {
    return directory;
  }

  /** The plugin's own command, where a tarball was unpacked. */
  public Path flafka() {
    return directory.resolve("plugins.d/flafka/bin/flafka");
  }

  Path launcher() {
    return directory.resolve("bin/flume-ng");
  }

  /** Makes a folder fit to be a HADOOP_HOME, with the jars of one of Hadoop's. */
  public static Path assembleHadoop(Path directory, Home hadoop) throws IOException {
    executable(Resources.copy("hadoop", directory.resolve("bin")));
    Files.writeString(
        directory.resolve("classpath"),
        String.join(":", hadoop.jars().stream().map(Path::toString).toList()));
    return directory;
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
