package io.flafka.hdfs.bucket;

import org.jspecify.annotations.Nullable;

/**
 * Where an event goes: a directory, and how the names of the files in it begin. These two make a
 * bucket; when it ends is only known of it.
 *
 * @param known false if the event lacked what the path asks for, so that this is the bucket for
 *     such events
 * @param end when its period ends, in milliseconds since the epoch: events from then on go to
 *     another directory; {@link Long#MAX_VALUE} if time has nothing to do with it
 */
public record Bucket(String directory, String prefix, boolean known, long end) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bucket bucket
        && directory.equals(bucket.directory)
        && prefix.equals(bucket.prefix)
        && known == bucket.known;
  }

  @Override
  public int hashCode() {
    return 31 * directory.hashCode() + prefix.hashCode();
  }
}
