package io.flafka;

import io.flafka.testbed.Agent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Agents that are to die by Byteman's rules. */
final class Armed {
  private Armed() {}

  /**
   * Options of flume-ng.
   *
   * @param script rules; see {@link KillRule}
   * @param file where to write it
   */
  static String[] with(String script, Path file) throws IOException {
    Files.writeString(file, script);
    return new String[] {"-javaagent:" + byteman() + "=script:" + file.toAbsolutePath()};
  }

  private static String byteman() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> Path.of(entry).getFileName().toString().startsWith("byteman-"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No byteman on the class path of the tests"));
  }

  /**
   * Waits until an agent has died, of a rule and nothing else.
   *
   * @param where the place, for the message
   */
  static void awaitDeath(Agent agent, Object where, Duration limit) {
    if (!agent.process().exitsWithin(limit)) {
      agent.process().kill();
      throw new AssertionError(
          "It does not die where " + where + ": no such place is passed\n" + log(agent));
    }
    if (agent.process().exitStatus() != KillRule.STATUS) {
      throw new AssertionError("It dies of something else than " + where + "\n" + log(agent));
    }
  }

  static String log(Agent agent) {
    return agent.process().lastLines(60);
  }
}
