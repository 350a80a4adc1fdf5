package io.flafka.hdfs.bucket;

import org.jspecify.annotations.Nullable;

/**
 * Where an event goes: a directory, and how the names of the files in it begin. These make a
 * bucket; the rest is only known of it.
 *
 * @param letters whether this is for dead letters, which are kept whole, whatever the format is
 * @param lack what the event lacks that the path asks for; null if nothing
 * @param end when its period ends, in milliseconds since the epoch: events from then on go to
 *     another directory; {@link Long#MAX_VALUE} if time has nothing to do with it
 */
public record Bucket(
    String directory, String prefix, boolean letters, @Nullable String lack, long end) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bucket bucket
        && directory.equals(bucket.directory)
        && prefix.equals(bucket.prefix)
        && letters == bucket.letters;
  }

  @Override
  public int hashCode() {
    return 31 * directory.hashCode() + prefix.hashCode();
  }
}
