package io.flafka.hdfs.file;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LeaseRecoverable;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * Asks file systems that lend a file to its writer whether it was given back. Others are taken to
 * have no such thing: there a file is closed when its writer is dead.
 */
final class Leases {
  /** Hadoop 3.3.6 and later have an interface for file systems other than HDFS. */
  private static final boolean HAS_INTERFACE = hasInterface();

  private Leases() {}

  private static boolean hasInterface() {
    try {
      Class.forName(
          "org.apache.hadoop.fs.LeaseRecoverable", false, FileSystem.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  static boolean isClosed(TargetFileSystems.Target file) throws IOException {
    if (file.files() instanceof DistributedFileSystem hdfs) {
      return hdfs.isFileClosed(file.path());
    }
    return !HAS_INTERFACE || Others.isClosed(file);
  }

  static boolean recover(TargetFileSystems.Target file) throws IOException {
    if (file.files() instanceof DistributedFileSystem hdfs) {
      return hdfs.recoverLease(file.path());
    }
    return !HAS_INTERFACE || Others.recover(file);
  }

  /** Not loaded where the interface isn't. */
  private static final class Others {
    static boolean isClosed(TargetFileSystems.Target file) throws IOException {
      return !(file.files() instanceof LeaseRecoverable lender) || lender.isFileClosed(file.path());
    }

    static boolean recover(TargetFileSystems.Target file) throws IOException {
      return !(file.files() instanceof LeaseRecoverable lender) || lender.recoverLease(file.path());
    }
  }
}
