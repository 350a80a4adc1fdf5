package io.flafka.hdfs.format;

import java.util.Map;

/**
 * What a serializer of the user's makes of events. Its interface is stock Flume's, in the jar of
 * the stock sink, which nothing else here needs.
 *
 * @param builder the name of the builder's class
 * @param keys what stands behind {@code writeFormat.}
 */
public record SerializedRecords(String builder, Map<String, String> keys) implements Records {
  /**
   * Builds a serializer.
   *
   * @throws IllegalArgumentException if the name is wrong
   * @throws LinkageError if stock's jar or one of the user's is missing
   */
  @Override
  public Maker begin() {
    return SerializedMaker.build(builder, keys);
  }
}
