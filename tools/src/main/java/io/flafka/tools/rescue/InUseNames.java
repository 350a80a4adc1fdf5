package io.flafka.tools.rescue;

import java.util.Optional;

/**
 * How files are called while they are in use: {@code <prefix><final name><suffix>}, as {@code
 * hdfs.inUsePrefix} and {@code hdfs.inUseSuffix} say, of ours and of stock Flume's sinks.
 */
record InUseNames(String prefix, String suffix) {
  /**
   * The final name of a file; empty if it is not in use, or if that name were one that readers pass
   * over, as no sink's is.
   */
  Optional<String> published(String name) {
    int length = name.length() - prefix.length() - suffix.length();
    if (length <= 0 || !name.startsWith(prefix) || !name.endsWith(suffix)) {
      return Optional.empty();
    }
    String published = name.substring(prefix.length(), prefix.length() + length);
    return isHidden(published) ? Optional.empty() : Optional.of(published);
  }

  /** Whether readers pass a name over. */
  static boolean isHidden(String name) {
    return name.startsWith("_") || name.startsWith(".");
  }

  @Override
  public String toString() {
    return prefix + "*" + suffix;
  }
}
