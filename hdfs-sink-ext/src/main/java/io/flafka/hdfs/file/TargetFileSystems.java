package io.flafka.hdfs.file;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * The file systems that files really are in: a view ({@code viewfs}) shows several as one, and
 * hides what they can do. Another file system is its own and only target.
 *
 * <p>For several threads. What it opens, it opens as the current user.
 */
final class TargetFileSystems implements Closeable {
  private final FileSystem top;
  private final Configuration configuration;
  private final Map<URI, FileSystem> opened = new HashMap<>();

  TargetFileSystems(FileSystem top, Configuration configuration) {
    this.top = top;
    this.configuration = configuration;
  }

  /** A file or directory, and the file system that it is in. */
  record Target(FileSystem files, Path path) {}

  /**
   * Where a file or directory really is.
   *
   * @throws FileNotFoundException if there is none
   */
  Target of(Path path) throws IOException {
    if (isPlain(top)) {
      return new Target(top, path);
    }
    Path resolved = top.resolvePath(path);
    URI root = URI.create(rootOf(resolved.toUri()));
    if (rootOf(top.getUri()).equals(root.toString())) {
      return new Target(top, resolved);
    }
    synchronized (opened) {
      FileSystem below = opened.get(root);
      if (below == null) {
        below = FileSystem.newInstance(root, configuration);
        opened.put(root, below);
      }
      return new Target(below, resolved);
    }
  }

  /** The same of the nearest directory above that exists, if that is in a target at all. */
  Optional<Target> ofNearest(Path path) throws IOException {
    for (Path at = top.makeQualified(path); at != null; at = at.getParent()) {
      try {
        Target target = of(at);
        // A directory of the view itself holds nothing but mount points.
        return Views.isView(target.files()) ? Optional.empty() : Optional.of(target);
      } catch (FileNotFoundException e) {
        // One further up.
      }
    }
    return Optional.empty();
  }

  private static String rootOf(URI uri) {
    return uri.getScheme() + "://" + (uri.getAuthority() == null ? "" : uri.getAuthority()) + "/";
  }

  /** Whether it is nothing but what it seems to be. */
  static boolean isPlain(FileSystem files) {
    return files.getClass() == DistributedFileSystem.class || isLocal(files);
  }

  static boolean isLocal(FileSystem files) {
    return files.getClass() == LocalFileSystem.class
        || files.getClass() == RawLocalFileSystem.class;
  }

  @Override
  public void close() throws IOException {
    synchronized (opened) {
      for (FileSystem files : opened.values()) {
        files.close();
      }
      opened.clear();
    }
  }
}
