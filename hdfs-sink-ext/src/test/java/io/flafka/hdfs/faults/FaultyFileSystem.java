package io.flafka.hdfs.faults;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.Syncable;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/**
 * {@code faulty://name/...}: the local disk, with the {@link Faults} of that name. An instance
 * belongs to the process that lives when it is made.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  private @Nullable URI uri;
  private int life;

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    uri = URI.create("faulty://" + name.getAuthority() + "/");
    life = faults().life();
    super.initialize(name, conf);
  }

  @Override
  public URI getUri() {
    // The super class asks before anything here is set.
    return uri == null ? URI.create("faulty:///") : uri;
  }

  /** What a FileContext insists on. */
  @Override
  protected int getDefaultPort() {
    return 1;
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  /** The super class runs a program for it, and a rename asks three times. */
  @Override
  public FileStatus getFileLinkStatus(Path path) throws IOException {
    return super.getFileStatus(path);
  }

  private Faults faults() {
    return Faults.of(getUri().getAuthority());
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return createAfter(path, () -> Files.createDirectories(pathToFile(path).toPath().getParent()));
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path path,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return createAfter(path, () -> super.getFileStatus(path.getParent()));
  }

  private FSDataOutputStream createAfter(Path path, Action directory) throws IOException {
    OutputStream stream =
        faults()
            .run(
                life,
                Faults.Call.CREATE,
                path,
                () -> {
                  directory.run();
                  return createNew(path);
                });
    return new FSDataOutputStream(new Stream(stream, path), null);
  }

  /** Without the program that the super class runs to set permissions. */
  private OutputStream createNew(Path path) throws IOException {
    File file = pathToFile(path);
    return Files.newOutputStream(file.toPath(), StandardOpenOption.CREATE_NEW);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return faults()
        .ask(life, Faults.Call.RENAME, from, () -> pathToFile(from).renameTo(pathToFile(to)));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return faults().ask(life, Faults.Call.DELETE, path, () -> super.delete(path, recursive));
  }

  /** Without the program that the super class runs to set permissions. */
  @Override
  public boolean mkdirs(Path path) throws IOException {
    return faults()
        .ask(
            life,
            Faults.Call.MKDIRS,
            path,
            () -> Files.isDirectory(Files.createDirectories(pathToFile(path).toPath())));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return faults().run(life, Faults.Call.LIST, path, () -> super.listStatus(path));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return faults().run(life, Faults.Call.STATUS, path, () -> super.getFileStatus(path));
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return faults().run(life, Faults.Call.OPEN, path, () -> super.open(path, bufferSize));
  }

  @Override
  public void setTimes(Path path, long modified, long accessed) throws IOException {
    faults()
        .ask(
            life,
            Faults.Call.TOUCH,
            path,
            () -> {
              super.setTimes(path, modified, accessed);
              return true;
            });
  }

  /** The super class runs a program for it. */
  @Override
  public void access(Path path, FsAction mode) throws IOException {
    super.getFileStatus(path);
  }

  private final class Stream extends OutputStream implements Syncable, StreamCapabilities {
    private final OutputStream inner;
    private final Path path;

    Stream(OutputStream inner, Path path) {
      this.inner = inner;
      this.path = path;
    }

    private void run(Faults.Call call, Action action) throws IOException {
      faults()
          .run(
              life,
              call,
              path,
              () -> {
                action.run();
                return true;
              });
    }

    @Override
    public void write(int b) throws IOException {
      inner.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      run(Faults.Call.WRITE, () -> inner.write(bytes, offset, length));
    }

    @Override
    public void hflush() throws IOException {
      run(Faults.Call.FLUSH, () -> inner.flush());
    }

    @Override
    public void hsync() throws IOException {
      hflush();
    }

    @Override
    public boolean hasCapability(String capability) {
      return true;
    }

    @Override
    public void close() throws IOException {
      run(Faults.Call.CLOSE, () -> inner.close());
    }
  }

  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }
}
