package io.flafka.hdfs.file;

import java.io.IOException;
import java.util.EnumSet;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LeaseRecoverable;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException;
import org.apache.hadoop.ipc.RemoteException;

/**
 * Asks file systems that lend a file to its writer whether it was given back. Others are taken to
 * have no such thing: there a file is closed when its writer is dead.
 */
final class Leases {
  /** Hadoop 3.3.6 and later have an interface for file systems other than HDFS. */
  private static final boolean HAS_INTERFACE = hasInterface();

  private static final int BUFFER = 4096;

  /** Known to the NameNode alone. */
  private static final String RECOVERING =
      "org.apache.hadoop.hdfs.protocol.RecoveryInProgressException";

  private static final String BECAUSE = " because ";

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

  /**
   * See {@link HdfsClient#closeIfAbandoned}.
   *
   * <p>Whether a writer lives, the NameNode alone knows, by when the writer last renewed its lease,
   * and it tells by what it does with an append (FSNamesystem.recoverLeaseInternal, without force):
   * within 60 seconds of the last renewal, its soft limit, it refuses, and changes nothing. After
   * that it closes the file if all blocks are whole, and the append succeeds; or begins to recover
   * the last block, and says so. {@code recoverLease} doesn't ask, but takes the file from whoever
   * writes it.
   */
  static Claim claim(TargetFileSystems.Target file) throws IOException {
    if (isClosed(file)) {
      return Claim.CLOSED;
    }
    if (file.files() instanceof DistributedFileSystem hdfs) {
      try {
        // A new block, so that the last one isn't opened again. Nothing is written into it.
        hdfs.append(file.path(), EnumSet.of(CreateFlag.APPEND, CreateFlag.NEW_BLOCK), BUFFER, null)
            .close();
        return Claim.CLOSED;
      } catch (RemoteException e) {
        return claim(e);
      }
    }
    throw new IOException(
        file.path()
            + " is not closed, and "
            + file.files().getUri()
            + " can't tell whether its writer lives: if it doesn't, recover the lease by hand");
  }

  private static Claim claim(RemoteException e) throws RemoteException {
    if (AlreadyBeingCreatedException.class.getName().equals(e.getClassName())) {
      return Claim.held(reason(e));
    }
    if (RECOVERING.equals(e.getClassName())) {
      return Claim.CLOSING;
    }
    throw e;
  }

  /** Who holds it, of "Failed to APPEND_FILE ... because this file lease is owned by ...". */
  private static String reason(RemoteException e) {
    String message = BucketFile.reason(e);
    int because = message.lastIndexOf(BECAUSE);
    return because < 0 ? message : message.substring(because + BECAUSE.length());
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
