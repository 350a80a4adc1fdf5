package io.flafka.bench;

import java.io.IOException;
import java.util.List;

/** A way that events go, the same for all of its subjects. */
interface Scenario<S extends Subject> {
  /** What {@code --scenario} takes. */
  String name();

  /** How many events make a run of about ten seconds on two cores. */
  long events();

  List<S> subjects();

  /** How many of the events a subject does. */
  default long share(S subject, long events) {
    return events;
  }

  Layout<S> layout();

  /** What the figures are of, in a sentence or two above the table. */
  String caption(long events);

  /** Does once what all trials need. */
  void prepare(Rig rig, long events) throws IOException;

  /** Does once what the trials of a subject need; all subjects are prepared before the first. */
  default void prepare(Rig rig, S subject, long events) throws IOException {}

  /**
   * Starts a subject.
   *
   * @param id the trial's own, for its topic, group and folder
   */
  Trial start(Rig rig, S subject, long events, String id) throws IOException;

  /** Deletes what was prepared. */
  void clear(Rig rig, long events) throws IOException;
}
