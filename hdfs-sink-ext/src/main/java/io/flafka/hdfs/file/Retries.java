package io.flafka.hdfs.file;

import io.flafka.config.Settings;

/**
 * How often a file is tried to be closed and published.
 *
 * @param tries 0 for as long as the sink runs
 * @param interval milliseconds between them
 */
public record Retries(int tries, long interval) {
  public static Retries parse(Settings settings) {
    int tries = settings.integer("hdfs.closeTries", 0, 0);
    long interval = 1000 * settings.number("hdfs.retryInterval", 180, 0);
    return new Retries(interval == 0 ? 1 : tries, interval);
  }

  public boolean allow(int made) {
    return tries == 0 || made < tries;
  }
}
