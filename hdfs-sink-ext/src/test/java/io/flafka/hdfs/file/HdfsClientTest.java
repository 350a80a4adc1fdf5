package io.flafka.hdfs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.hdfs.login.Login;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * File systems other than HDFS: a local one, others that are local in truth, and a view of them
 * all.
 */
class HdfsClientTest {
  @TempDir private Path folder;
  private final Configuration configuration = new Configuration();

  @BeforeEach
  void mount() throws IOException {
    for (String name : new String[] {"one/from", "one/to", "two/to"}) {
      Files.createDirectories(folder.resolve(name));
    }
    for (String scheme : new String[] {"s3a", "abfs", "mine"}) {
      configuration.set("fs." + scheme + ".impl", Disguised.class.getName());
      configuration.set(
          "fs.AbstractFileSystem." + scheme + ".impl", DisguisedContext.class.getName());
    }
    link("/one", "file://" + folder + "/one");
    link("/two", "file://" + folder + "/two");
    link("/deep/one", "file://" + folder + "/one");
    link("/store", "s3a://bucket" + folder + "/one");
    link("/gone", "file://" + folder + "/gone");
  }

  private void link(String on, String target) {
    configuration.set("fs.viewfs.mounttable.v.link." + on, target);
  }

  /** A local file system under another scheme. */
  public static class Disguised extends RawLocalFileSystem {
    private URI uri = URI.create("disguised:///");

    @Override
    public void initialize(URI name, Configuration conf) throws IOException {
      uri = URI.create(name.getScheme() + "://" + name.getAuthority() + "/");
      super.initialize(name, conf);
    }

    @Override
    public URI getUri() {
      return uri == null ? URI.create("disguised:///") : uri;
    }

    /** The super class knows no scheme but its own here, and root may do everything. */
    @Override
    public void access(org.apache.hadoop.fs.Path path, FsAction mode) throws IOException {
      Path file = pathToFile(path).toPath();
      if (!Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_WRITE)) {
        throw new AccessControlException("Permission denied: " + file);
      }
    }

    @Override
    public boolean hasPathCapability(org.apache.hadoop.fs.Path path, String capability) {
      return uri.getAuthority().equals("hierarchical")
          && capability.equals("fs.capability.etags.preserved.in.rename");
    }
  }

  /** The same, as a FileContext sees it. */
  public static final class DisguisedContext extends DelegateToFileSystem {
    public DisguisedContext(URI uri, Configuration conf) throws Exception {
      super(uri, initialised(uri, conf), conf, uri.getScheme(), false);
    }

    private static Disguised initialised(URI uri, Configuration conf) throws IOException {
      Disguised files = new Disguised();
      files.initialize(uri, conf);
      return files;
    }
  }

  private HdfsClient open(String uri) throws IOException {
    return HdfsClient.open(path(uri), false, Login.OF_PROCESS, configuration);
  }

  private static org.apache.hadoop.fs.Path path(String uri) {
    return new org.apache.hadoop.fs.Path(uri);
  }

  private Optional<String> refusal(String uri, boolean vouched) throws IOException {
    try (HdfsClient client = open(uri)) {
      return client.exactlyOnceRefusal(path(uri), vouched);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"viewfs://v/one/from/2013/09", "viewfs://v/deep/one/x", "file:///tmp/x"})
  void hasNothingAgainstExactlyOnceOnALocalFileSystemOrAViewOfIt(String uri) throws IOException {
    assertThat(refusal(uri, false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3a://bucket/logs", "abfs://flat/logs", "viewfs://v/store/logs"})
  void refusesExactlyOnceOnAStoreThatRenamesByCopyingWhateverTheUserSays(String uri)
      throws IOException {
    assertThat(refusal(uri, false)).get().asString().contains(uri).contains("renames by copying");
    assertThat(refusal(uri, true)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mine://host/logs", "abfs://hierarchical/logs"})
  void takesTheUsersWordForAFileSystemItDoesNotKnow(String uri) throws IOException {
    assertThat(refusal(uri, false)).get().asString().contains("hdfs.atomicRename = true");
    assertThat(refusal(uri, true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"viewfs://v/", "viewfs://v/deep", "viewfs://v/gone/logs"})
  void refusesExactlyOnceWhereAViewLeadsToNoFileSystem(String uri) throws IOException {
    assertThat(refusal(uri, true)).get().asString().contains("below one mount point");
  }

  private void check(String view, String from, String to) throws IOException {
    try (HdfsClient client = open(view)) {
      client.checkMovable(path(view + from), path(view + to));
    }
  }

  @Test
  void letsFilesMoveWithinOneMountPoint() throws IOException {
    check("viewfs://v", "/one/from", "/one/to");
    check("file://" + folder, "/one/from", "/two/to");
  }

  @ParameterizedTest
  @CsvSource({
    "/one/from, /two/to, two mount points",
    "/one/from, /deep/one/to, two mount points",
    "/one/from, /store/to, two file systems",
    "/one/from, /one/none, there is no directory viewfs://v/one/none",
  })
  void saysWhyFilesCannotMove(String from, String to, String why) {
    assertThatThrownBy(() -> check("viewfs://v", from, to))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  @Test
  void letsFilesMoveAcrossMountPointsWhereTheUserAllowedIt() throws IOException {
    configuration.set("fs.viewfs.rename.strategy", "SAME_FILESYSTEM_ACROSS_MOUNTPOINT");
    Files.createFile(folder.resolve("one/from/file"));

    check("viewfs://v", "/one/from", "/two/to");

    try (HdfsClient client = open("viewfs://v")) {
      client.rename(path("viewfs://v/one/from/file"), path("viewfs://v/two/to/file"));
    }
    assertThat(folder.resolve("two/to/file")).exists();
  }

  @Test
  void saysThatADirectoryIsAFile() throws IOException {
    Files.createFile(folder.resolve("one/file"));
    assertThatThrownBy(() -> check("viewfs://v", "/one/from", "/one/file"))
        .hasMessageContaining("is a file, not a directory");
  }

  @Test
  void saysThatADirectoryMayNotBeWrittenTo() throws IOException {
    Path unwritable = folder.resolve("one/to");
    Files.setPosixFilePermissions(unwritable, PosixFilePermissions.fromString("r-xr-xr-x"));
    assertThatThrownBy(() -> check("mine://host" + folder, "/one/from", "/one/to"))
        .hasMessageContaining("may not write to")
        .hasMessageContaining("hdfs.proxyUser");
  }

  @ParameterizedTest
  @ValueSource(strings = {"viewfs://v/one", "file:", "mine://host"})
  void neverOverwritesByARename(String root) throws IOException {
    String base = root.startsWith("viewfs") ? root : root + folder + "/one";
    Files.writeString(folder.resolve("one/from/file"), "new");
    Files.writeString(folder.resolve("one/to/file"), "old");
    try (HdfsClient client = open(base)) {
      assertThatThrownBy(() -> client.rename(path(base + "/from/file"), path(base + "/to/file")))
          .isInstanceOf(IOException.class);
    }
    assertThat(folder.resolve("one/to/file")).hasContent("old");
    assertThat(folder.resolve("one/from/file")).hasContent("new");
  }

  @Test
  void takesAFileForClosedWhereThereAreNoLeases() throws IOException {
    Files.createFile(folder.resolve("one/file"));
    try (HdfsClient client = open("viewfs://v/")) {
      assertThat(client.recoverLease(path("viewfs://v/one/file"))).isTrue();
      assertThat(client.isClosed(path("viewfs://v/one/file"))).isTrue();
    }
  }
}
