package io.flafka;

import io.flafka.testbed.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The script {@code flafka} of a plugin that is unpacked. */
final class FlafkaScript {
  private static final String PRINTED = "flafka.out";

  private final Path script;
  private final Path output;

  /**
   * Runs nothing yet.
   *
   * @param output a folder for what it prints
   */
  FlafkaScript(Path script, Path output) {
    this.script = script;
    this.output = output;
  }

  /** What became of a command. */
  record Answer(int status, String out, String err) {}

  Answer run(String... arguments) throws IOException, InterruptedException {
    return run(Map.of(), arguments);
  }

  /**
   * Runs a command in a directory that has nothing to do with it.
   *
   * @param environment variables beside the few that every process has
   */
  Answer run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path printed = output.resolve(PRINTED);
    Path complaints = output.resolve("flafka.err");
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    JavaProcess.cleanEnvironment(builder.environment());
    builder.environment().putAll(environment);
    int status =
        builder
            .directory(new File("/"))
            .redirectInput(new File("/dev/null"))
            .redirectError(complaints.toFile())
            .redirectOutput(printed.toFile())
            .start()
            .waitFor();
    return new Answer(status, text(printed), text(complaints));
  }

  /** What it has printed so far, while it runs. */
  String printed() throws IOException {
    return text(output.resolve(PRINTED));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
