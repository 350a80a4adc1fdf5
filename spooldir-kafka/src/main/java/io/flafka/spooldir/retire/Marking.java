package io.flafka.spooldir.retire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flafka.spooldir.disk.Durable;
import io.flafka.spooldir.disk.FileIdentity;
import io.flafka.spooldir.disk.FileState;
import io.flafka.spooldir.find.SpoolFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Retires a file by a marker, and leaves the file alone: stock Flume's {@code tracker_dir}.
 *
 * <p>The marker of {@code <spoolDir>/a/b.log} is {@code <trackerDir>/a/b.log<suffix>}, one line of
 * version, inode, size in bytes and time of the last change:
 *
 * <pre>flafka-marker 1 1835021 104857600 2013-09-15T22:59:53.123456789Z</pre>
 *
 * <p>A file of the same name that is another one is read in full, and its marker takes the place of
 * the first. An empty marker, which is what stock Flume writes, stands for the name: as long as it
 * is there, whatever lies under that name is not read.
 */
public record Marking(Path spoolDir, Path trackerDir, String suffix) implements Retirement {
  @Override
  public Set<Path> retire(Path file, FileState state) throws IOException {
    Path marker = marker(file);
    Path directory = Durable.parent(marker);
    Durable.directories(directory);
    // Not in place: what a power failure leaves of it would stand for the name, like stock's.
    Durable.write(marker, content(state.identity()).getBytes(US_ASCII));
    // So that it says which state of the file it is about.
    Files.setLastModifiedTime(marker, state.touched());
    return Set.of(directory);
  }

  @Override
  public boolean contains(SpoolFile file) throws IOException {
    Path marker = marker(file.path());
    try {
      // Whatever is done to a file changes its time, so most markers need not be read. Another file
      // may well be older, if a clock was set back.
      boolean untouched = file.state().touched().equals(Files.getLastModifiedTime(marker));
      return untouched || stands(Files.readString(marker, US_ASCII), file.state().identity());
    } catch (NoSuchFileException unmarked) {
      return false;
    }
  }

  private static boolean stands(String marker, FileIdentity identity) {
    return !marker.endsWith("\n") || marker.equals(content(identity));
  }

  private static String content(FileIdentity identity) {
    return "flafka-marker 1 %d %d %s\n"
        .formatted(identity.inode(), identity.size(), identity.modified().toInstant());
  }

  @Override
  public boolean leavesFiles() {
    return true;
  }

  private Path marker(Path file) {
    Path relative = spoolDir.relativize(file);
    return trackerDir.resolve(relative.resolveSibling(relative.getFileName() + suffix));
  }
}
