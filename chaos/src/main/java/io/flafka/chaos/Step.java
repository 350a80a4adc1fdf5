package io.flafka.chaos;

import io.flafka.chaos.step.Form;
import io.flafka.chaos.step.KillPoint;
import io.flafka.chaos.step.LandingKillPoint;
import io.flafka.chaos.step.LandingKillPoint.Occasion;
import io.flafka.chaos.step.Retirement;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A named step at which an agent dies.
 *
 * @param sentence what has been done by then, and what not
 * @param script for Byteman
 */
record Step(String sentence, String script) {
  private static final List<Step> ALL =
      Stream.concat(
              Arrays.stream(KillPoint.values())
                  .filter(Step::comesHere)
                  .map(point -> new Step(point.toString(), point.scriptForAnyFile())),
              Arrays.stream(LandingKillPoint.values())
                  .filter(point -> comesByItself(point.occasion()))
                  .map(point -> new Step(point.toString(), point.scriptForAnyDirectory())))
          .toList();

  /** The others take files that end otherwise than here. */
  private static boolean comesHere(KillPoint point) {
    boolean retired =
        point.retirement() == Retirement.RENAMED || point.retirement() == Retirement.DELETED;
    return retired && point.form() != Form.TORN_GZIP;
  }

  /** The others take somebody who stops the agent, joins the group or deletes it. */
  private static boolean comesByItself(Occasion occasion) {
    return occasion == Occasion.LANDING || occasion == Occasion.RECOVERING;
  }

  static Step any(SplittableRandom random) {
    return ALL.get(random.nextInt(ALL.size()));
  }
}
