package io.flafka.chaos.step;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The Java agent that follows a script of rules. */
public final class Byteman {
  private Byteman() {}

  /**
   * The options of a JVM that is to follow some rules.
   *
   * @param script see {@link KillRule}
   * @param file where to write it
   */
  public static String[] options(String script, Path file) throws IOException {
    Files.writeString(file, script);
    return new String[] {"-javaagent:" + jar() + "=script:" + file.toAbsolutePath()};
  }

  private static String jar() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> Path.of(entry).getFileName().toString().startsWith("byteman-"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No byteman on the class path"));
  }
}
