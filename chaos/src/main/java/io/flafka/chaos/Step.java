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
 * @param occasion when an agent comes to it
 * @param script for Byteman
 */
record Step(String sentence, Occasion occasion, String script) {
  private static final List<Step> ALL =
      Stream.concat(
              Arrays.stream(KillPoint.values())
                  .filter(Step::comesHere)
                  .map(
                      point ->
                          new Step(point.toString(), Occasion.LANDING, point.scriptForAnyFile())),
              Arrays.stream(LandingKillPoint.values())
                  .filter(point -> point.occasion() != Occasion.FORGOTTEN)
                  .map(
                      point ->
                          new Step(
                              point.toString(), point.occasion(), point.scriptForAnyDirectory())))
          .toList();

  /** The others take files that end otherwise than here. */
  private static boolean comesHere(KillPoint point) {
    boolean retired =
        point.retirement() == Retirement.RENAMED || point.retirement() == Retirement.DELETED;
    return retired && point.form() != Form.TORN_GZIP;
  }

  static Step any(SplittableRandom random) {
    return ALL.get(random.nextInt(ALL.size()));
  }
}
