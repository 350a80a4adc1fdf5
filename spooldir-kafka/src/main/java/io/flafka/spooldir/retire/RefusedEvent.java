package io.flafka.spooldir.retire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * One event that a channel will never accept.
 *
 * @param file that it was read from
 * @param stream of that instance of the file
 * @param start where it begins in the file, as the format counts
 * @param end just past it
 * @param why what the channel says
 */
public record RefusedEvent(Path file, String stream, long start, long end, String why) {
  private static final int ENOUGH_OF_A_STREAM = 8;

  /** What 255 bytes leave, beside two offsets and the endings of a report. */
  private static final int LONGEST_NAME = 180;

  /**
   * A file in a directory, the same for the same event at any time: {@code
   * access.log.0b6c9f8e.512-1024}. Without the file's name where that is too long, or is no text in
   * the charset of file names.
   */
  Path in(Path directory) {
    String instance = stream.substring(0, Math.min(ENOUGH_OF_A_STREAM, stream.length()));
    String range = instance + "." + start + "-" + end;
    String name = file.getFileName().toString();
    if (name.getBytes(UTF_8).length <= LONGEST_NAME) {
      try {
        return directory.resolve(name + "." + range);
      } catch (InvalidPathException e) {
        // Bytes that LANG doesn't know.
      }
    }
    return directory.resolve(range);
  }

  String report(Instant since) {
    return "file       %s\nrange      [%d, %d)\nsince      %s\nwhy        %s\nstream     %s\n"
        .formatted(file, start, end, since, why, stream);
  }

  /** Whether a report is about an event, and not about a file. */
  static boolean isReport(String report) {
    return report.contains("\nrange      [");
  }
}
