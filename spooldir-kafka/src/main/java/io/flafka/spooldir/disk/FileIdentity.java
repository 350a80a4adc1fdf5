package io.flafka.spooldir.disk;

import java.nio.file.attribute.FileTime;

/**
 * What tells one instance of a file from the next one of the same name.
 *
 * @param inode the file's number in its file system; without the device's number, which changes
 *     from boot to boot on some file systems. 0 where the file system has no such numbers
 * @param size in bytes
 * @param modified the last change of its content
 */
public record FileIdentity(long inode, long size, FileTime modified) {

  /** For messages. */
  @Override
  public String toString() {
    return size + " bytes of " + modified + " in inode " + inode;
  }
}
