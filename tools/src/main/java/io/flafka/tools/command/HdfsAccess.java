package io.flafka.tools.command;

import org.apache.hadoop.fs.Path;

/** What can be said of paths in HDFS that can't be used. */
public final class HdfsAccess {
  private HdfsAccess() {}

  /**
   * A path as it was given.
   *
   * @param option that it was given with
   */
  public static Path path(String option, String path) throws CommandException {
    try {
      return new Path(path);
    } catch (IllegalArgumentException e) {
      throw new CommandException(option + " takes a directory in HDFS: " + e.getMessage(), e);
    }
  }

  /** What is to be said of a path that isn't in HDFS; empty for one that is. */
  public static String remark(String qualified) {
    return qualified.startsWith("file:")
        ? " (a disk of this host: --path names no other file system, and core-site.xml, which"
            + " HADOOP_CONF_DIR or hadoop classpath tells of, doesn't either)"
        : "";
  }

  /**
   * HDFS doesn't answer.
   *
   * @param cause also an IllegalArgumentException, Hadoop's way to say that it doesn't know a host
   *     or a nameservice
   */
  public static CommandException failed(Path path, Exception cause) {
    return new CommandException(
        path
            + " can't be read: "
            + cause.getMessage()
            + ": check --path, that HDFS is up, and that HADOOP_CONF_DIR or hadoop classpath has"
            + " its core-site.xml and hdfs-site.xml",
        cause);
  }
}
