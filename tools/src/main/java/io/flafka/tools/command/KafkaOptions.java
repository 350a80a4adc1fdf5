package io.flafka.tools.command;

import picocli.CommandLine.Option;

/** Which topic and group a landing takes, and where they are. */
public final class KafkaOptions extends ClusterOptions {
  @Option(names = "--topic", required = true, paramLabel = "TOPIC", description = "the topic")
  private String topic = "";

  @Option(
      names = "--group",
      required = true,
      paramLabel = "GROUP",
      description = "the channel's kafka.consumer.group.id; without one it is flume")
  private String group = "";

  public String topic() {
    return topic;
  }

  public String group() {
    return group;
  }
}
