package io.flafka.bench;

import java.util.List;
import java.util.Map;

/**
 * One who sends lines that come now and then.
 *
 * @param keys what is set at the agent's source besides
 */
record TrickleSubject(String name, Sender sender, Arrival arrival, Map<String, String> keys)
    implements Subject {
  /** How a line comes into the folder that is watched. */
  enum Arrival {
    /** It is appended to the one file that there is. */
    APPENDED,
    /** In a file of its own, which is moved there as soon as it is written. */
    AT_ONCE,
    /** The same, but the file was written {@link Trickle#INTERVAL} before. */
    LATER
  }

  /** Whose lines arrive as most would send them. */
  TrickleSubject(Sender sender) {
    this(
        sender.label(),
        sender,
        sender == Sender.TAILDIR ? Arrival.APPENDED : Arrival.AT_ONCE,
        Map.of());
  }

  /** The same, told to be quick. */
  TrickleSubject pollDelay(int millis) {
    return new TrickleSubject(
        name + "-" + millis, sender, arrival, Map.of("pollDelay", String.valueOf(millis)));
  }

  /** The same, with files that were written before. */
  TrickleSubject later() {
    return new TrickleSubject(name + "-later", sender, Arrival.LATER, keys);
  }

  @Override
  public List<String> cells() {
    return List.of(name);
  }
}
