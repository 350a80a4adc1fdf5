package io.flafka.hdfs.file;

import static org.apache.hadoop.fs.CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_DEFAULT;
import static org.apache.hadoop.fs.CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_KEY;

import io.flafka.hdfs.login.HdfsUser;
import io.flafka.hdfs.login.Login;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.util.VersionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of one file system, which shares nothing with other components of the agent, has a user
 * of its own, and is closed by nobody but its owner, not even when the JVM shuts down.
 *
 * <p>Every method may block for as long as Hadoop's own time-outs and retries take. For several
 * threads.
 */
public final class HdfsClient implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(HdfsClient.class);

  private static final String RAW_LOCAL = "org.apache.hadoop.fs.local.RawLocalFs";

  private final HdfsUser user;
  private final FileSystem files;
  private final FileContext context;
  private final TargetFileSystems targets;
  private final Renames renames;
  private volatile boolean saidNoFlush;

  private HdfsClient(
      HdfsUser user, FileSystem files, FileContext context, Configuration configuration) {
    this.user = user;
    this.files = files;
    this.context = context;
    this.targets = new TargetFileSystems(files, configuration);
    this.renames = new Renames(files, configuration, targets);
  }

  /**
   * Makes a client for the file system of a path; what Hadoop's configuration files on the class
   * path say holds.
   *
   * @param rawLocal whether a local file system shall do without checksum files
   * @param login whose files they are; an own ticket is renewed until the client is closed
   */
  public static HdfsClient open(Path root, boolean rawLocal, Login login) throws IOException {
    // So that hdfs-site.xml is read: Hadoop does so only once the client's classes are loaded.
    HdfsConfiguration.init();
    return open(root, rawLocal, login, new Configuration());
  }

  /** The same by a configuration that is changed for the client. */
  static HdfsClient open(Path root, boolean rawLocal, Login login, Configuration configuration)
      throws IOException {
    // Else a shutdown hook of Hadoop's closes the files before Flume stops the sink.
    configuration.setBoolean("fs.automatic.close", false);
    // Closing a file waits for the last block's report, which is a matter of a few milliseconds:
    // Hadoop's own 400 are an age at each roll. The wait is doubled with each retry, to 32 s here.
    preset(configuration, "dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "2");
    preset(configuration, "dfs.client.block.write.locateFollowingBlock.retries", "14");
    if (rawLocal) {
      configuration.set("fs.AbstractFileSystem.file.impl", RAW_LOCAL);
    }
    HdfsUser user = HdfsUser.of(login);
    try {
      HdfsClient client = user.call(() -> open(root, rawLocal, user, configuration));
      log.info(
          "{}: Hadoop's client {}, as {}", client.files.getUri(), VersionInfo.getVersion(), user);
      return client;
    } catch (IOException | RuntimeException e) {
      try (user) {
        throw e;
      }
    }
  }

  private static HdfsClient open(
      Path root, boolean rawLocal, HdfsUser user, Configuration configuration) throws IOException {
    FileSystem opened = FileSystem.newInstance(root.toUri(), configuration);
    try {
      FileSystem files =
          rawLocal && opened instanceof LocalFileSystem local ? local.getRaw() : opened;
      FileContext context = FileContext.getFileContext(files.getUri(), configuration);
      return new HdfsClient(user, files, context, configuration);
    } catch (IOException | RuntimeException e) {
      try (opened) {
        throw e;
      }
    }
  }

  /** Whether it is a disk of this host. */
  public boolean isLocal() {
    return TargetFileSystems.isLocal(files);
  }

  /** Sets a key unless the user did. */
  private static void preset(Configuration configuration, String key, String value) {
    String[] sources = configuration.getPropertySources(key);
    if (sources == null
        || Arrays.stream(sources).allMatch(source -> source.endsWith("-default.xml"))) {
      configuration.set(key, value);
    }
  }

  /**
   * Creates a file that must not exist yet, and the directories above it.
   *
   * @param sync how durable its blocks are when they are full
   * @throws IOException if it exists or can't be created
   */
  public FSDataOutputStream create(Path path, Sync sync) throws IOException {
    FSDataOutputStream file;
    if (sync == Sync.HSYNC) {
      // Through a view of HDFS, flags get by no other call; but not every file system has this one.
      makeDirectories(path.getParent());
      file = createIn(path, sync);
    } else {
      file = user.call(() -> files.create(path, false));
    }
    if (!saidNoFlush && !file.hasCapability(StreamCapabilities.HSYNC)) {
      saidNoFlush = true;
      log.warn(
          "{} makes nothing durable before a file is closed: what an agent had in open files when"
              + " it is killed is lost; HDFS keeps it",
          files.getUri());
    }
    return file;
  }

  /**
   * Creates a file that must not exist yet, in a directory that must.
   *
   * @param sync how durable its blocks are when they are full
   * @throws FileNotFoundException if there is no such directory
   */
  public FSDataOutputStream createIn(Path path, Sync sync) throws IOException {
    return user.call(
        () ->
            files.createNonRecursive(
                path,
                FsPermission.getFileDefault(),
                sync.creation(),
                files.getConf().getInt(IO_FILE_BUFFER_SIZE_KEY, IO_FILE_BUFFER_SIZE_DEFAULT),
                files.getDefaultReplication(path),
                files.getDefaultBlockSize(path),
                null));
  }

  /** Creates a directory and those above it, unless they are there. */
  public void makeDirectories(Path directory) throws IOException {
    if (!user.call(() -> files.mkdirs(directory))) {
      throw new IOException("can't create the directory " + directory);
    }
  }

  /** What is in a directory; nothing if there is none. */
  public List<FileStatus> list(Path directory) throws IOException {
    try {
      return List.of(user.call(() -> files.listStatus(directory)));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** Opens a file for reading. */
  public InputStream read(Path path) throws IOException {
    return user.call(() -> files.open(path));
  }

  /** Sets when a file or directory was last changed, in milliseconds since the epoch. */
  public void touch(Path path, long now) throws IOException {
    user.call(
        () -> {
          files.setTimes(path, now, -1);
          return true;
        });
  }

  /** Deletes a directory and all that is in it, if it is there. */
  public void deleteTree(Path directory) throws IOException {
    if (!user.call(() -> files.delete(directory, true)) && exists(directory)) {
      throw new IOException("can't delete " + directory);
    }
  }

  /** A path as a full URI, which means the same to everybody. */
  public Path qualified(Path path) {
    return files.makeQualified(path);
  }

  /** Renames; never overwrites; throws unless it succeeded. */
  public void rename(Path from, Path to) throws IOException {
    user.call(
        () -> {
          context.rename(from, to);
          return true;
        });
  }

  /**
   * Why files below a directory can't be landed exactly once: that stands on renames that are
   * atomic and never overwrite.
   *
   * @param vouched whether the user has said that they are ({@code hdfs.atomicRename}); it counts
   *     for a file system that isn't known to be otherwise
   * @return the reason, in words for the user; empty if there is none
   */
  public Optional<String> exactlyOnceRefusal(Path root, boolean vouched) throws IOException {
    return user.call(() -> renames.refusal(root, vouched));
  }

  /**
   * Checks, without changing anything, that files can be renamed from one directory to another:
   * both exist, in one file system, one mount point and one encryption zone, and may be written to.
   *
   * @throws IOException if they can't; the message says why
   */
  public void checkMovable(Path fromDirectory, Path toDirectory) throws IOException {
    user.call(
        () -> {
          renames.check(fromDirectory, toDirectory);
          return true;
        });
  }

  /** The same names as full URIs, which mean the same to everybody. */
  public FileNames.Names qualified(FileNames.Names names) {
    return new FileNames.Names(
        files.makeQualified(names.published()), files.makeQualified(names.inUse()));
  }

  /** Whether a file, named by a full URI, is in this file system. */
  public boolean owns(FileNames.Names names) {
    return owns(names.inUse());
  }

  /** The same of one name. */
  public boolean owns(Path path) {
    URI own = files.getUri();
    URI other = path.toUri();
    return Objects.equals(own.getScheme(), other.getScheme())
        && Objects.equals(own.getAuthority(), other.getAuthority());
  }

  /** The length of a file that is closed, in bytes. */
  public long length(Path path) throws IOException {
    return user.call(() -> files.getFileStatus(path).getLen());
  }

  public boolean exists(Path path) throws IOException {
    return user.call(() -> files.exists(path));
  }

  /** Deletes a file, if it is there. */
  public void delete(Path path) throws IOException {
    if (!user.call(() -> files.delete(path, false)) && exists(path)) {
      throw new IOException("can't delete " + path);
    }
  }

  /** Whether nobody writes to a file any more, so that its length is final. */
  public boolean isClosed(Path path) throws IOException {
    return user.call(() -> Leases.isClosed(targets.of(path)));
  }

  /**
   * Asks the NameNode to close a file whose writer failed. What was made durable stays in it.
   *
   * @return whether it is closed already; if not, it soon will be, and {@link #isClosed} tells
   * @throws FileNotFoundException if there is no such file
   */
  public boolean recoverLease(Path path) throws IOException {
    return user.call(() -> Leases.recover(targets.of(path)));
  }

  /**
   * Closes a file whose writer is dead, and leaves one alone whose writer lives, in HDFS. To be
   * called again for a file that is {@link Claim#CLOSING} is of no use and does no harm.
   *
   * @throws FileNotFoundException if there is no such file
   * @throws IOException if that can't be done, or the file system can't tell who lives
   */
  public Claim closeIfAbandoned(Path path) throws IOException {
    return user.call(() -> Leases.claim(targets.of(path)));
  }

  @Override
  public void close() throws IOException {
    try (user;
        targets) {
      files.close();
    }
  }
}
