package io.flafka.bench.load;

/** What a measured process says in its log to the one who watches it. */
public final class LogLines {
  /** All events have been put, and acknowledged. */
  public static final String ALL_PUT = "all events are put";

  private LogLines() {}

  /** So many events were taken; Flume's channels log it in these words when they stop. */
  public static String taken(long events) {
    return "event.take.success == " + events;
  }
}
