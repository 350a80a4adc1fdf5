package io.flafka.bench;

/** How a trial ended. */
sealed interface Outcome {
  /**
   * Every event arrived once.
   *
   * @param peakBytes the most memory that its process had; 0 where the system doesn't tell
   * @param medianMillis what half of the events took at most, where each is timed; or else 0
   * @param writtenBytes what there is of an event in a topic and in HDFS; 0 where nobody looks
   */
  record Measured(Steady steady, long peakBytes, double medianMillis, double writtenBytes)
      implements Outcome {
    Measured(Steady steady, long peakBytes) {
      this(steady, peakBytes, 0, 0);
    }

    Measured(Steady steady, long peakBytes, double medianMillis) {
      this(steady, peakBytes, medianMillis, 0);
    }

    /** The same, where so much was written for each event. */
    Measured writing(double bytes) {
      return new Measured(steady, peakBytes, medianMillis, bytes);
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
