package io.flafka.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An agent with what is shipped in {@code conf}, or the same with stock's types.
 *
 * @param megabytes its heap
 */
record HeapSubject(Contender contender, int megabytes) implements Subject {
  /** The one that there is with stock's types, too. */
  static final int USUAL = 256;

  /** How they are shown. */
  static final Layout<HeapSubject> LAYOUT =
      new Layout<>(
          Layout.Unit.EVENT,
          List.of("subject", "-Xmx, MB"),
          List.of(
              Comparison.ofRates("to stock", (subject, other) -> other.isStock()),
              Comparison.ofCpu("CPU to stock's", (subject, other) -> other.isStock()),
              Comparison.ofCpu(
                  "CPU to its own with %d MB".formatted(USUAL),
                  (subject, other) ->
                      other.contender == subject.contender && other.megabytes == USUAL)));

  boolean isStock() {
    return contender == Contender.STOCK;
  }

  /** The same agent, as it is known elsewhere. */
  WholeSubject whole() {
    return new WholeSubject(Spooler.of(contender), contender, 1);
  }

  @Override
  public String name() {
    return contender.label() + "-" + megabytes;
  }

  @Override
  public List<String> cells() {
    return List.of(contender.label(), "%,d".formatted(megabytes));
  }

  /** What it says otherwise than the file {@code spooldir_kafkachannel_hdfs.conf}, by key. */
  Map<String, String> keys(String group) {
    Map<String, String> keys = new TreeMap<>();
    keys.put("channels.kafka-channel.kafka.consumer.group.id", group);
    // 24 hours take lines at a time: so they are rolled a few times in a run.
    keys.put("sinks.hdfs-sink.hdfs.rollSize", String.valueOf(8 << 20));
    if (isStock()) {
      keys.put("sources.webserver-log-source.type", "spooldir");
      keys.put("channels.kafka-channel.type", "org.apache.flume.channel.kafka.KafkaChannel");
      keys.put("channels.kafka-channel.migrateZookeeperOffsets", "false");
      // Without it, the time of the line doesn't get through.
      keys.put("channels.kafka-channel.parseAsFlumeEvent", "true");
      keys.put("sinks.hdfs-sink.type", "hdfs");
      EventTime.REGEX
          .keys()
          .forEach((key, value) -> keys.put("sources.webserver-log-source." + key, value));
    }
    return keys;
  }
}
