package io.flafka.bench;

/** How a trial ended. */
sealed interface Outcome {
  /**
   * Every event arrived once.
   *
   * @param peakBytes the most memory that its process had; 0 where the system doesn't tell
   */
  record Measured(Steady steady, long peakBytes) implements Outcome {}

  /** It did not do its work, so its figures mean nothing. */
  record Failed(String reason) implements Outcome {
    /** The reason without line breaks. */
    String line() {
      return reason.replaceAll("\\s+", " ");
    }
  }
}
