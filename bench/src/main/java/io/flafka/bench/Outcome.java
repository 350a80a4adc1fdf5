package io.flafka.bench;

/** How a trial ended. */
sealed interface Outcome {
  /**
   * Every event arrived once.
   *
   * @param peakBytes the most memory that its process had; 0 where the system doesn't tell
   * @param medianMillis what half of the events took at most, where each is timed; or else 0
   */
  record Measured(Steady steady, long peakBytes, double medianMillis) implements Outcome {
    Measured(Steady steady, long peakBytes) {
      this(steady, peakBytes, 0);
    }
  }

  /** It did not do its work, so its figures mean nothing. */
  record Failed(String reason) implements Outcome {
    /** The reason without line breaks. */
    String line() {
      return reason.replaceAll("\\s+", " ");
    }
  }
}
