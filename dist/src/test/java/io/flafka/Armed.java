package io.flafka;

import io.flafka.chaos.step.KillRule;
import io.flafka.testbed.Agent;
import java.time.Duration;

/** Agents that are to die by a {@link KillRule}. */
final class Armed {
  private Armed() {}

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
