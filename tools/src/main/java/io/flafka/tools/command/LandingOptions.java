package io.flafka.tools.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where a landing is. It names no class of Hadoop's, so that it can be said when these are missing.
 */
public class LandingOptions {
  @Option(
      names = "--path",
      required = true,
      paramLabel = "PATH",
      description = "hdfs.path of the sinks, up to its first escape")
  private String path = "";

  @Option(
      names = "--manifest-dir",
      paramLabel = "PATH",
      description = "hdfs.manifestDir of the sinks, if it is set; by default _flafka in --path")
  private @Nullable String manifests;

  public final String path() {
    return path;
  }

  /** What the sinks keep their own things in. */
  public final String manifests() {
    return manifests == null ? path + (path.endsWith("/") ? "" : "/") + "_flafka" : manifests;
  }
}
