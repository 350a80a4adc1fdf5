package io.flafka.testbed.command;

import io.flafka.testbed.Agent;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An agent that is started again after it was killed, with the same configuration and log. */
final class MortalAgent implements AutoCloseable {
  private final RunningTestbed testbed;
  private final Agent.Spec spec;
  private final JavaProcess.Lifetime lifetime;
  private @Nullable Agent current;

  MortalAgent(RunningTestbed testbed, Agent.Spec spec, JavaProcess.Lifetime lifetime) {
    this.testbed = testbed;
    this.spec = spec;
    this.lifetime = lifetime;
  }

  /** Starts it. One that is free is noted with the testbed, to go down with it. */
  synchronized void start() throws IOException {
    Agent started = Agent.start(spec, testbed.directory().resolve(spec.name()), lifetime);
    current = started;
    started.awaitLog(" INFO ");
    if (lifetime == JavaProcess.Lifetime.FREE) {
      testbed.with(spec.name(), started.process().pid()).save();
      started.process().release();
    }
  }

  /** As a power failure would. */
  void kill() {
    current().process().kill();
  }

  synchronized Agent current() {
    Agent running = current;
    if (running == null) {
      throw new IllegalStateException("The agent was never started");
    }
    return running;
  }

  @Override
  public synchronized void close() {
    Agent running = current;
    if (running != null) {
      running.close();
    }
  }
}
