package io.flafka.bench;

import java.util.Map;
import java.util.TreeMap;

/** The configuration of an agent with one channel, and a source or sinks on it. */
final class AgentFile {
  static final String AGENT = "agent1";
  private static final String CHANNEL = "c1";

  private final Map<String, String> lines = new TreeMap<>();

  AgentFile(Map<String, String> channel) {
    add("channels", CHANNEL, channel);
  }

  /** One whose channel is Flume's memory channel. */
  static AgentFile inMemory() {
    return new AgentFile(
        Map.of("type", "memory", "capacity", "100000", "transactionCapacity", "10000"));
  }

  AgentFile source(Map<String, String> keys) {
    add("sources", "r1", keys);
    lines.put(AGENT + ".sources.r1.channels", CHANNEL);
    return this;
  }

  AgentFile sink(Map<String, String> keys) {
    return sink("k1", keys);
  }

  private AgentFile sink(String name, Map<String, String> keys) {
    add("sinks", name, keys);
    lines.put(AGENT + ".sinks." + name + ".channel", CHANNEL);
    return this;
  }

  /** So many HDFS sinks, each with these keys, and names for its files that are only its own. */
  AgentFile hdfsSinks(int count, Map<String, String> keys) {
    for (int sink = 1; sink <= count; sink++) {
      String name = "k" + sink;
      sink(name, keys);
      lines.put(AGENT + ".sinks." + name + ".hdfs.filePrefix", name);
    }
    return this;
  }

  /**
   * Sets a key, whatever it was before.
   *
   * @param key without the agent's name
   */
  AgentFile with(String key, String value) {
    lines.put(AGENT + "." + key, value);
    return this;
  }

  private void add(String kind, String name, Map<String, String> keys) {
    lines.merge(AGENT + "." + kind, name, (names, one) -> names + " " + one);
    keys.forEach((key, value) -> lines.put(AGENT + "." + kind + "." + name + "." + key, value));
  }

  /** As Flume reads it. */
  String text() {
    StringBuilder text = new StringBuilder();
    lines.forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
    return text.toString();
  }
}
