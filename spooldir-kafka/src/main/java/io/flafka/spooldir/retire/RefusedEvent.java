package io.flafka.spooldir.retire;

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

  /** The same for the same event at any time: {@code access.log.0b6c9f8e.512-1024}. */
  String name() {
    String instance = stream.substring(0, Math.min(ENOUGH_OF_A_STREAM, stream.length()));
    return file.getFileName() + "." + instance + "." + start + "-" + end;
  }

  String report(Instant since) {
    return "file       %s\nrange      [%d, %d)\nsince      %s\nwhy        %s\nstream     %s\n"
        .formatted(file, start, end, since, why, stream);
  }
}
