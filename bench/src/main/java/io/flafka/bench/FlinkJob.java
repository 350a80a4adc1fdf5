package io.flafka.bench;

import io.flafka.bench.load.ClientSettings;
import io.flafka.testbed.Home;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts Flink's job, a JVM of its own with the heap of an agent. */
final class FlinkJob {
  private static final String MAIN = "io.flafka.flink.LandTopic";

  /** Those that Flink's own configuration file opens and a job like this one takes. */
  private static final List<String> OPENED =
      List.of("java.lang", "java.nio", "java.util", "java.util.concurrent", "java.time");

  /** Two took as long on two cores, which the broker and HDFS have to share. */
  private static final String PARALLELISM = "1";

  /**
   * Lines are seen when a checkpoint has committed their file, all those since the last one at a
   * time. At ten seconds three quarters of 8,000,000 came first, and at a second the first lot of
   * 12,000,000 is well below the part that a measurement begins with; the whole run took 17.6 s
   * with ten, 18.8 s with two. With far fewer lines the figure means little.
   */
  private static final String CHECKPOINT_MILLIS = "1000";

  private FlinkJob() {}

  static JavaProcess start(Rig rig, String topic, String id, LandedFolder folder)
      throws IOException {
    List<Path> classPath = new ArrayList<>(Home.FLINK.jars());
    classPath.add(Home.FLINK.classes());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                rig.topics().bootstrapServers(),
                topic,
                id,
                folder.path().toString(),
                PARALLELISM,
                CHECKPOINT_MILLIS));
    ClientSettings.CONSUMER.forEach((key, value) -> arguments.add(key + "=" + value));
    return rig.startJvm(
        id,
        classPath,
        OPENED.stream().map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED").toList(),
        MAIN,
        arguments);
  }
}
