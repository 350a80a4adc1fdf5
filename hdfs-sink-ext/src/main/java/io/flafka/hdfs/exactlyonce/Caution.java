package io.flafka.hdfs.exactlyonce;

/**
 * How much to take at a time. As much as it gets to be until the next roll, normally. After a
 * failure half of what was lost by it, so that all but the event that can't be written lands in the
 * end, and a failure that lasts makes neither files nor traffic; then twice as much each time.
 */
final class Caution {
  private long limit = Long.MAX_VALUE;

  /** Whether a transaction of so many events is large enough. */
  boolean isReached(long events) {
    return events >= limit;
  }

  /** A transaction was lost, and its events come again. */
  void failed(long events) {
    if (events > 0) {
      limit = Math.max(1, events / 2);
    }
  }

  /** A transaction was committed. */
  void committed() {
    limit = limit > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * limit;
  }
}
