package io.flafka.bench;

import java.util.Map;
import java.util.TreeMap;

/** The configuration of an agent with one channel, and a source or a sink on it. */
final class AgentFile {
  static final String AGENT = "agent1";
  private static final String CHANNEL = "c1";

  private final Map<String, String> lines = new TreeMap<>();

  AgentFile(Map<String, String> channel) {
    add("channels", CHANNEL, channel);
  }

  AgentFile source(Map<String, String> keys) {
    add("sources", "r1", keys);
    lines.put(AGENT + ".sources.r1.channels", CHANNEL);
    return this;
  }

  AgentFile sink(Map<String, String> keys) {
    add("sinks", "k1", keys);
    lines.put(AGENT + ".sinks.k1.channel", CHANNEL);
    return this;
  }

  private void add(String kind, String name, Map<String, String> keys) {
    lines.put(AGENT + "." + kind, name);
    keys.forEach((key, value) -> lines.put(AGENT + "." + kind + "." + name + "." + key, value));
  }

  /** As Flume reads it. */
  String text() {
    StringBuilder text = new StringBuilder();
    lines.forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
    return text.toString();
  }
}
