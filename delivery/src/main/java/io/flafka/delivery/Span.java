package io.flafka.delivery;

/**
 * A stretch of a stream. Not every offset in it need be an event's: Kafka keeps some for its
 * transactions, and compaction leaves holes.
 *
 * @param from the offset where it begins
 * @param to just past its last event
 */
public record Span(long from, long to) {
  public Span {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("from " + from + " to " + to + " is no span");
    }
  }
}
