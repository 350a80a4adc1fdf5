package io.flafka.spooldir.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * What the file system says of a path, symbolic links followed.
 *
 * @param touched the last change of content, owner or permissions: what it takes for a file that
 *     could not be read to be worth another try
 */
public record FileState(
    FileIdentity identity, FileTime touched, boolean regular, boolean directory) {
  /** Nothing is there. */
  public static final FileState NOTHING =
      new FileState(
          new FileIdentity(0, 0, FileTime.fromMillis(0)), FileTime.fromMillis(0), false, false);

  private static final String EVERYWHERE = "size,lastModifiedTime,isRegularFile,isDirectory";
  private static final String UNIX = "unix:ino,ctime," + EVERYWHERE;

  /**
   * Looks at a path, with one call to the file system.
   *
   * @throws java.nio.file.NoSuchFileException if nothing is there
   */
  public static FileState of(Path path) throws IOException {
    boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
    Map<String, Object> seen = Files.readAttributes(path, unix ? UNIX : EVERYWHERE);
    long inode = (Long) seen.getOrDefault("ino", 0L);
    long size = (Long) seen.getOrDefault("size", 0L);
    FileTime modified = (FileTime) seen.getOrDefault("lastModifiedTime", FileTime.fromMillis(0));
    return new FileState(
        new FileIdentity(inode, size, modified),
        (FileTime) seen.getOrDefault("ctime", modified),
        Boolean.TRUE.equals(seen.get("isRegularFile")),
        Boolean.TRUE.equals(seen.get("isDirectory")));
  }
}
