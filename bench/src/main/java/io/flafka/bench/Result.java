package io.flafka.bench;

import java.util.Locale;

/**
 * One line of the raw figures.
 *
 * @param round from 1 on
 * @param calm whether the machine had come to rest before
 */
record Result(
    String scenario, int round, Subject subject, long events, boolean calm, Outcome outcome) {

  static final String HEADING =
      String.join(
          "\t",
          "scenario",
          "round",
          "subject",
          "events",
          "calm",
          "events_per_second",
          "cpu_us_per_event",
          "all_cpu_us_per_event",
          "peak_mb",
          "median_ms",
          "written_bytes_per_event",
          "failure");

  /** Its values, separated by tabs. */
  String tsv() {
    String head =
        String.join(
            "\t",
            scenario,
            String.valueOf(round),
            subject.name(),
            String.valueOf(events),
            String.valueOf(calm));
    return head + "\t" + tail();
  }

  private String tail() {
    if (outcome instanceof Outcome.Measured measured) {
      return String.format(
          Locale.ROOT,
          "%.3f\t%.3f\t%.3f\t%d\t%.1f\t%.1f\t",
          measured.steady().rate(),
          measured.steady().cpuMicros(),
          measured.steady().machineMicros(),
          measured.peakBytes() >> 20,
          measured.medianMillis(),
          measured.writtenBytes());
    }
    return "\t\t\t\t\t\t" + ((Outcome.Failed) outcome).line();
  }
}
