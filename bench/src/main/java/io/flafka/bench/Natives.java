package io.flafka.bench;

import io.flafka.bench.load.ClientSettings;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Starts programs of others that send files to a topic, over librdkafka, with the bench's settings
 * as far as that has them.
 */
record Natives(Path program, Path folder, String bootstrapServers, String topic) {
  /** What librdkafka calls by another name, or in another unit. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "acks", "all",
          "batch.size", ClientSettings.PRODUCER.get("batch.size"),
          "batch.num.messages", "100000",
          "linger.ms", ClientSettings.PRODUCER.get("linger.ms"),
          "queue.buffering.max.messages", "500000",
          "queue.buffering.max.kbytes", "131072",
          "compression.codec", "none");

  /**
   * kcat, fed by a pipe that is never closed, so that it lives on and its time can be read; the
   * feeder's own time is not counted. kcat looks at what it has read when that is 1,024 bytes, or
   * the pipe is closed: so behind the last line there are empty ones, which it passes over.
   */
  JavaProcess startKcat(List<Path> files) throws IOException {
    String settings =
        SETTINGS.entrySet().stream()
            .map(each -> "-X " + each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(" "));
    String lines = "cat " + words(files) + "; head -c 2048 /dev/zero | tr '\\0' '\\n'";
    // The shell's number is kcat's: the feeder lives as long as that.
    String feeder = "< <(" + lines + "; exec tail --pid=$$ -f /dev/null)";
    return start(
        "kcat",
        List.of(
            "bash",
            "-c",
            "exec %s -P -b %s -t %s %s %s"
                .formatted(program, bootstrapServers, topic, settings, feeder)));
  }

  private static String words(List<Path> files) {
    return files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(" "));
  }

  /** rsyslogd with a configuration of its own, in the foreground, for all files of a folder. */
  JavaProcess startRsyslog(Path files) throws IOException {
    Path state = Files.createDirectories(folder.resolve("state"));
    Path configuration = folder.resolve("rsyslog.conf");
    Files.writeString(configuration, rsyslogConf(files, state));
    return start(
        "rsyslog",
        List.of(
            program.toString(),
            "-n",
            "-f",
            configuration.toString(),
            "-i",
            folder.resolve("rsyslog.pid").toString()));
  }

  private String rsyslogConf(Path files, Path state) {
    String settings =
        SETTINGS.entrySet().stream()
            .map(each -> "\"" + each.getKey() + "=" + each.getValue() + "\"")
            .collect(Collectors.joining(", "));
    return """
    global(workDirectory="%s" maxMessageSize="64k")
    main_queue(queue.type="LinkedList" queue.size="200000" queue.dequeueBatchSize="4096")
    module(load="imfile" mode="inotify")
    module(load="omkafka")
    template(name="line" type="string" string="%%rawmsg%%")
    input(type="imfile" file="%s/*" tag="weblog" freshStartTail="off")
    action(type="omkafka" broker="%s" topic="%s" template="line" confParam=[%s])
    """
        .formatted(state, files, bootstrapServers, topic, settings);
  }

  private JavaProcess start(String name, List<String> command) throws IOException {
    return JavaProcess.start(name, folder, JavaProcess.Lifetime.LEASHED, Map.of(), command);
  }
}
