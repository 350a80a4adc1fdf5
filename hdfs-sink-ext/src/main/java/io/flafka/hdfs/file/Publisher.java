package io.flafka.hdfs.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * Gives closed files their final names: the one place that renames.
 *
 * <p>Idempotent: a rename whose answer was lost is recognised when it is tried again. It never
 * overwrites. For several threads.
 */
public final class Publisher {
  /** How a file came to its final name. */
  public enum Outcome {
    RENAMED,
    /** The target is there, and the source is not: an earlier attempt had succeeded. */
    DONE_BEFORE,
    /** The file was written under its final name. */
    NO_NEED,
    /** Nothing was in it, and it is gone. */
    DELETED
  }

  private final HdfsClient hdfs;

  public Publisher(HdfsClient hdfs) {
    this.hdfs = hdfs;
  }

  /**
   * Publishes a closed file that its writer left, as it is: its last event may be cut short, and
   * come again. One that is empty is deleted.
   *
   * @throws Unpublishable as {@link #publish}
   * @throws IOException if it may succeed later
   */
  public Outcome publishLeft(FileNames.Names file) throws IOException {
    if (hdfs.length(file.inUse()) == 0) {
      hdfs.delete(file.inUse());
      return Outcome.DELETED;
    }
    return publish(file.inUse(), file.published());
  }

  /**
   * Publishes a file.
   *
   * @throws Unpublishable if trying again is of no use: both names exist, or neither
   * @throws IOException if it may succeed later
   */
  public Outcome publish(Path inUse, Path published) throws IOException {
    if (inUse.equals(published)) {
      return Outcome.NO_NEED;
    }
    try {
      hdfs.rename(inUse, published);
      return Outcome.RENAMED;
    } catch (IOException e) {
      boolean source = hdfs.exists(inUse);
      boolean target = hdfs.exists(published);
      if (target && !source) {
        return Outcome.DONE_BEFORE;
      }
      if (target) {
        throw new Unpublishable(
            inUse
                + " keeps this name, since "
                + published
                + " exists and is not this sink's: rename it by hand, its events are nowhere else",
            e);
      }
      if (!source && e instanceof FileNotFoundException) {
        throw new Gone(
            inUse
                + " is gone, and "
                + published
                + " does not exist: something else removed it, with events that the channel had"
                + " given up",
            e);
      }
      throw new IOException(
          "can't rename " + inUse + " to " + published + " (" + BucketFile.reason(e) + ")", e);
    }
  }

  /** A file that can't be published, however often it is tried. */
  public static class Unpublishable extends IOException {
    private static final long serialVersionUID = 1L;

    Unpublishable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A file that is under neither of its names. */
  public static final class Gone extends Unpublishable {
    private static final long serialVersionUID = 1L;

    Gone(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
