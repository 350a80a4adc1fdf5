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
