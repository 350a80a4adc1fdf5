package io.flafka.chaos;

import java.nio.file.Path;

/** What carries the lines, as its agents are configured. */
enum Pipeline {
  EXACTLY_ONCE("exactly_once"),
  AT_LEAST_ONCE("at_least_once"),
  /** Stock Flume's components in their places. */
  STOCK("stock");

  /** How long the group waits for a member that says nothing. */
  static final int SESSION_MILLIS = 3_000;

  static final String TOPIC = "weblogs";
  static final String GROUP = "flume";

  private final String label;

  Pipeline(String label) {
    this.label = label;
  }

  /** What each line must have come to. */
  boolean doubles() {
    return this != EXACTLY_ONCE;
  }

  /**
   * An agent's configuration.
   *
   * @param name what no other agent is called
   * @param generation differs from reload to reload
   */
  String configuration(String name, Path spool, Stage.Addresses at, int generation) {
    return COMMON.formatted(
            spool, at.bootstrapServers(), TOPIC, GROUP, SESSION_MILLIS, at.landing(), generation)
        + switch (this) {
          case EXACTLY_ONCE -> OURS + ONCE.formatted(name);
          case AT_LEAST_ONCE -> OURS;
          case STOCK -> THEIRS.formatted(name);
        };
  }

  /** How the group divides partitions: all stop for that, or only those who lose some. */
  String assignor(boolean eager) {
    return this == STOCK
        ? ""
        : "agent1.channels.kafka.kafka.consumer.partition.assignment.strategy ="
            + " org.apache.kafka.clients.consumer."
            + (eager ? "RangeAssignor" : "CooperativeStickyAssignor")
            + "\n";
  }

  private static final String COMMON =
      """
      agent1.sources = spool
      agent1.channels = kafka
      agent1.sinks = hdfs
      agent1.sources.spool.channels = kafka
      agent1.sources.spool.spoolDir = %s
      agent1.sources.spool.interceptors = time
      agent1.channels.kafka.kafka.bootstrap.servers = %s
      agent1.channels.kafka.kafka.topic = %s
      agent1.channels.kafka.kafka.consumer.group.id = %s
      agent1.channels.kafka.kafka.consumer.session.timeout.ms = %d
      agent1.channels.kafka.kafka.consumer.heartbeat.interval.ms = 500
      agent1.channels.kafka.kafka.consumer.auto.offset.reset = earliest
      agent1.sinks.hdfs.channel = kafka
      agent1.sinks.hdfs.hdfs.path = %s/%%Y-%%m-%%d/%%H
      agent1.sinks.hdfs.hdfs.timeZone = UTC
      agent1.sinks.hdfs.hdfs.fileType = DataStream
      agent1.sinks.hdfs.hdfs.rollSize = 0
      agent1.sinks.hdfs.hdfs.rollCount = 0
      agent1.sinks.hdfs.hdfs.rollInterval = 5
      agent1.sinks.hdfs.hdfs.idleTimeout = 2
      agent1.sinks.hdfs.hdfs.batchSize = 1000
      # Generation %d
      """;

  private static final String OURS =
      """
      agent1.sources.spool.type = io.flafka.SpoolDirSource
      agent1.sources.spool.interceptors.time.type = io.flafka.WeblogInterceptor$Builder
      agent1.channels.kafka.type = io.flafka.KafkaChannel
      agent1.channels.kafka.parseAsFlumeEvent = false
      agent1.sinks.hdfs.type = io.flafka.HdfsSink
      """;

  private static final String ONCE =
      """
      agent1.channels.kafka.delivery.guarantee = exactly_once
      agent1.channels.kafka.kafka.transactional.id = %s
      agent1.channels.kafka.kafka.producer.transaction.timeout.ms = 5000
      agent1.sinks.hdfs.delivery.guarantee = exactly_once
      """;

  /** As a careful user has them: file names of two agents that can't be the same. */
  private static final String THEIRS =
      """
      agent1.sources.spool.type = spooldir
      agent1.sources.spool.batchSize = 1000
      agent1.sources.spool.interceptors.time.type = regex_extractor
      agent1.sources.spool.interceptors.time.regex = \
      \\\\[(\\\\d{2}/\\\\w{3}/\\\\d{4}:\\\\d{2}:\\\\d{2}:\\\\d{2} [+-]\\\\d{4})\\\\]
      agent1.sources.spool.interceptors.time.serializers = s1
      agent1.sources.spool.interceptors.time.serializers.s1.type = \
      org.apache.flume.interceptor.RegexExtractorInterceptorMillisSerializer
      agent1.sources.spool.interceptors.time.serializers.s1.name = timestamp
      agent1.sources.spool.interceptors.time.serializers.s1.pattern = dd/MMM/yyyy:HH:mm:ss Z
      agent1.channels.kafka.type = org.apache.flume.channel.kafka.KafkaChannel
      agent1.sinks.hdfs.type = hdfs
      agent1.sinks.hdfs.hdfs.filePrefix = %s
      """;

  @Override
  public String toString() {
    return label;
  }
}
