package io.flafka.chaos;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/** Which faults there are. */
enum Scenario {
  ALL(Fault.AGENT_KILLED, Fault.HDFS_FULL),
  AGENTS(Fault.AGENT_KILLED, Fault.DISK_FULL),
  KAFKA(Fault.BROKER_KILLED, Fault.BROKER_PAUSED),
  HDFS(Fault.NAME_NODE_KILLED, Fault.HDFS_FULL);

  private final Fault first;
  private final Fault last;

  Scenario(Fault first, Fault last) {
    this.first = first;
    this.last = last;
  }

  /** One of them, by how likely each is. */
  Fault any(SplittableRandom random) {
    Set<Fault> faults = EnumSet.range(first, last);
    int left = random.nextInt(faults.stream().mapToInt(Fault::weight).sum());
    for (Fault fault : faults) {
      left -= fault.weight();
      if (left < 0) {
        return fault;
      }
    }
    throw new IllegalStateException("The weights of " + faults + " don't add up");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
