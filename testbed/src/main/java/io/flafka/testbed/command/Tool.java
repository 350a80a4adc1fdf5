package io.flafka.testbed.command;

import io.flafka.testbed.Home;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A command line tool of Kafka's or Hadoop's, as its own project ships it. */
enum Tool {
  KAFKA_TOPICS("kafka-topics", Home.KAFKA, "org.apache.kafka.tools.TopicCommand"),
  KAFKA_CONFIGS("kafka-configs", Home.KAFKA, "kafka.admin.ConfigCommand"),
  KAFKA_CONSOLE_CONSUMER(
      "kafka-console-consumer", Home.KAFKA, "org.apache.kafka.tools.consumer.ConsoleConsumer"),
  KAFKA_CONSOLE_PRODUCER(
      "kafka-console-producer", Home.KAFKA, "org.apache.kafka.tools.ConsoleProducer"),
  KAFKA_CONSUMER_GROUPS(
      "kafka-consumer-groups",
      Home.KAFKA,
      "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand"),
  HDFS_DFS("hdfs dfs", Home.HADOOP, "org.apache.hadoop.fs.FsShell"),
  HDFS_DFSADMIN("hdfs dfsadmin", Home.HADOOP, "org.apache.hadoop.hdfs.tools.DFSAdmin"),
  HDFS_FSCK("hdfs fsck", Home.HADOOP, "org.apache.hadoop.hdfs.tools.DFSck");

  private final String words;
  private final Home home;
  private final String mainClass;

  Tool(String words, Home home, String mainClass) {
    this.words = words;
    this.home = home;
    this.mainClass = mainClass;
  }

  /** The tool whose name a command line begins with. */
  static Optional<Tool> named(List<String> commandLine) {
    return Arrays.stream(values())
        .filter(
            tool ->
                commandLine.size() >= tool.words().size()
                    && commandLine.subList(0, tool.words().size()).equals(tool.words()))
        .findFirst();
  }

  /** What stands behind the tool's name in a command line. */
  List<String> arguments(List<String> commandLine) {
    return commandLine.subList(words().size(), commandLine.size());
  }

  Home home() {
    return home;
  }

  String mainClass() {
    return mainClass;
  }

  @Override
  public String toString() {
    return words;
  }

  private List<String> words() {
    return List.of(words.split(" "));
  }
}
