package io.flafka.bench;

import java.io.IOException;
import java.util.List;

/** A way to put or take events, the same for all of its subjects. */
interface Scenario {
  /** What {@code --scenario} takes. */
  String name();

  /** How many events make a run of about ten seconds on two cores. */
  long events();

  List<Subject> subjects();

  /** Does once what all trials need, among it that the broker is warm. */
  void prepare(Rig rig, long events) throws IOException;

  /**
   * Starts a subject.
   *
   * @param id the trial's own, for its topic, group and folder
   */
  Trial start(Rig rig, Subject subject, long events, String id) throws IOException;

  /** Deletes what was prepared. */
  void clear(Rig rig);
}
