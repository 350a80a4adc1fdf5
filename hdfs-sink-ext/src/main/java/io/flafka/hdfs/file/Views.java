package io.flafka.hdfs.file;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.viewfs.Constants;
import org.apache.hadoop.fs.viewfs.ViewFileSystem;

/** What is particular to file systems that show others under mount points. */
final class Views {
  /** The rename strategy by which only the file system counts, not the mount point. */
  private static final String SAME_FILE_SYSTEM = "SAME_FILESYSTEM_ACROSS_MOUNTPOINT";

  private Views() {}

  static boolean isView(FileSystem files) {
    return files instanceof ViewFileSystem;
  }

  /**
   * Whether a view refuses to rename from one directory to another, though both are one target's.
   */
  static boolean separates(FileSystem files, Configuration configuration, Path from, Path to)
      throws IOException {
    return files instanceof ViewFileSystem view
        && !SAME_FILE_SYSTEM.equals(configuration.get(Constants.CONFIG_VIEWFS_RENAME_STRATEGY))
        && !mountPoint(view, from).equals(mountPoint(view, to));
  }

  /** The deepest mount point above a path; the root where there is none. */
  private static String mountPoint(ViewFileSystem view, Path path) {
    String name = Path.getPathWithoutSchemeAndAuthority(path) + "/";
    String found = "/";
    for (ViewFileSystem.MountPoint mount : view.getMountPoints()) {
      String on = mount.getMountedOnPath().toUri().getPath();
      String folder = on.endsWith("/") ? on : on + "/";
      if (name.startsWith(folder) && folder.length() > found.length()) {
        found = folder;
      }
    }
    return found;
  }
}
