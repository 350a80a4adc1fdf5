package io.flafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.flafka.testbed.Broker;
import io.flafka.testbed.Home;
import io.flafka.testbed.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Kafka's own {@code kafka-console-consumer}, which tells what others than us see in a topic. */
final class ConsoleConsumer {
  private static final String MAIN = "org.apache.kafka.tools.consumer.ConsoleConsumer";

  /** It ends when nothing came for so long. */
  private static final String SILENCE_MILLIS = "10000";

  /** So that a value of no bytes can be told from what else might be printed. */
  private static final String MARK = "Offset:";

  private ConsoleConsumer() {}

  /**
   * Gives somebody the values in a topic as {@code read_committed} sees them, in the order of each
   * partition.
   *
   * @param output for what it prints
   */
  static <T> T read(Broker broker, String topic, Path output, Function<Stream<String>, T> reader)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            JavaProcess.command(
                Home.KAFKA.jars(),
                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                MAIN,
                List.of(
                    "--bootstrap-server",
                    broker.bootstrapServers(),
                    "--topic",
                    topic,
                    "--from-beginning",
                    "--isolation-level",
                    "read_committed",
                    "--timeout-ms",
                    SILENCE_MILLIS,
                    "--formatter-property",
                    "print.offset=true")));
    JavaProcess.cleanEnvironment(builder.environment());
    Process process =
        builder
            .redirectInput(new File("/dev/null"))
            .redirectError(new File(output + ".err"))
            .redirectOutput(output.toFile())
            .start();
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(
          MAIN + " ended with " + status + ": " + Files.readString(Path.of(output + ".err")));
    }
    try (Stream<String> lines = Files.lines(output, ISO_8859_1)) {
      return reader.apply(
          lines
              .filter(line -> line.startsWith(MARK))
              .map(line -> line.substring(line.indexOf('\t') + 1)));
    }
  }
}
