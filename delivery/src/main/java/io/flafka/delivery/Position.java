package io.flafka.delivery;

import java.util.Objects;

/**
 * Where an event ends in the input that it was read from.
 *
 * @param stream the identity of the input: one instance of a file (not its name), or a topic's
 *     partition
 * @param offset just past the event, as Kafka's committed offsets are: bytes in a file, records in
 *     a partition
 */
public record Position(String stream, long offset) {
  public Position {
    Objects.requireNonNull(stream, "stream");
    if (offset < 0) {
      throw new IllegalArgumentException(
          "offset " + offset + " of stream " + stream + " is negative");
    }
  }
}
