package io.flafka.hdfs.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.EncryptionZone;
import org.apache.hadoop.security.AccessControlException;

/**
 * What can be known of renames before one is made.
 *
 * <p>Hadoop has a name for many things that a file system is capable of, but none for a rename that
 * is atomic. So HDFS and the local file system are known to have one, stores that rename by copying
 * are known to have none, and for any other the user's word is taken.
 */
final class Renames {
  private static final Set<String> COPYING =
      Set.of("s3a", "s3n", "s3", "wasb", "wasbs", "oss", "cosn", "swift");

  /** They rename atomically with a hierarchical namespace, and only then preserve etags. */
  private static final Set<String> AZURE = Set.of("abfs", "abfss");

  private final FileSystem top;
  private final Configuration configuration;
  private final TargetFileSystems targets;

  Renames(FileSystem top, Configuration configuration, TargetFileSystems targets) {
    this.top = top;
    this.configuration = configuration;
    this.targets = targets;
  }

  /** See {@link HdfsClient#exactlyOnceRefusal}. */
  Optional<String> refusal(Path root, boolean vouched) throws IOException {
    Path full = top.makeQualified(root);
    Optional<TargetFileSystems.Target> target = targets.ofNearest(root);
    if (target.isEmpty()) {
      return Optional.of(
          full
              + " is above the mount points of "
              + top.getUri()
              + ", or below one whose target does not exist, so that files can't be renamed from"
              + " anywhere to anywhere: begin hdfs.path below one mount point");
    }
    FileSystem files = target.get().files();
    if (files instanceof DistributedFileSystem || TargetFileSystems.isLocal(files)) {
      return Optional.empty();
    }
    String name = full + (files == top ? "" : ", which is in " + files.getUri());
    if (copies(files, target.get().path())) {
      return Optional.of(
          name
              + ", is in a store that renames by copying, so that a crash leaves files half"
              + " renamed: land in HDFS, or set delivery.guarantee = at_least_once");
    }
    return vouched
        ? Optional.empty()
        : Optional.of(
            name
                + ", is in a file system ("
                + files.getClass().getName()
                + ") of which it isn't known whether a rename is atomic and never overwrites: if it"
                + " is so, set hdfs.atomicRename = true; else delivery.guarantee = at_least_once");
  }

  private static boolean copies(FileSystem files, Path path) throws IOException {
    String scheme = files.getUri().getScheme();
    return COPYING.contains(scheme)
        || (AZURE.contains(scheme)
            && !files.hasPathCapability(path, CommonPathCapabilities.ETAGS_PRESERVED_IN_RENAME));
  }

  /** See {@link HdfsClient#checkMovable}. */
  void check(Path from, Path to) throws IOException {
    TargetFileSystems.Target source = existing(from);
    TargetFileSystems.Target target = existing(to);
    URI sourceUri = source.files().getUri();
    URI targetUri = target.files().getUri();
    if (!sourceUri.equals(targetUri)) {
      throw unmovable(from, to, "they are in two file systems, " + sourceUri + " and " + targetUri);
    }
    if (Views.separates(top, configuration, from, to)) {
      throw unmovable(
          from,
          to,
          "they are below two mount points; it is allowed by fs.viewfs.rename.strategy ="
              + " SAME_FILESYSTEM_ACROSS_MOUNTPOINT");
    }
    checkZones(from, to, source, target);
    checkAccess(source);
    checkAccess(target);
  }

  private TargetFileSystems.Target existing(Path directory) throws IOException {
    try {
      TargetFileSystems.Target target = targets.of(directory);
      if (target.files().getFileStatus(target.path()).isDirectory()) {
        return target;
      }
    } catch (FileNotFoundException e) {
      throw new IOException("there is no directory " + directory, e);
    }
    throw new IOException(directory + " is a file, not a directory");
  }

  private static void checkZones(
      Path from, Path to, TargetFileSystems.Target source, TargetFileSystems.Target target)
      throws IOException {
    if (source.files() instanceof DistributedFileSystem hdfs) {
      String sourceZone = zone(hdfs, source.path());
      String targetZone = zone(hdfs, target.path());
      if (!sourceZone.equals(targetZone)) {
        throw unmovable(
            from, to, "one is in " + sourceZone + ", and the other one in " + targetZone);
      }
    }
  }

  private static String zone(DistributedFileSystem hdfs, Path path) throws IOException {
    EncryptionZone zone = hdfs.getEZForPath(path);
    return zone == null ? "no encryption zone" : "the encryption zone " + zone.getPath();
  }

  private static void checkAccess(TargetFileSystems.Target directory) throws IOException {
    if (TargetFileSystems.isLocal(directory.files())) {
      return; // Hadoop doesn't know there that root may do everything.
    }
    try {
      directory.files().access(directory.path(), FsAction.WRITE_EXECUTE);
    } catch (AccessControlException e) {
      throw new IOException(
          "the sink's user may not write to "
              + directory.path()
              + " ("
              + BucketFile.reason(e)
              + "): let him, or set hdfs.proxyUser to one who may",
          e);
    }
  }

  private static IOException unmovable(Path from, Path to, String why) {
    return new IOException("files can't be renamed from " + from + " to " + to + ", since " + why);
  }
}
