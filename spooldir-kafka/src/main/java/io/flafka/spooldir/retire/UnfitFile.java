package io.flafka.spooldir.retire;

import io.flafka.spooldir.track.Tracker;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A file of which no more can be delivered.
 *
 * @param tracker how far it was
 * @param why for the operator; part of a sentence
 */
public record UnfitFile(Tracker tracker, String why) {
  /** Its path in the spooling directory. */
  public Path file() {
    return tracker.file();
  }

  /** What the channels have accepted of it. */
  public String delivered() {
    return tracker.delivered();
  }

  /**
   * The report: lines of a word and its value.
   *
   * <pre>
   * file       /flume/weblogs_spooldir/access.log
   * is now     /flume/weblogs_spooldir/.flumespool/quarantine/access.log
   * since      2026-11-24T16:30:08Z
   * why        it changed while it was read, from ... to ...
   * delivered  bytes [0, 512)
   * size       1024 bytes when reading began
   * the rest   tail -c +513 access.log
   * stream     0b6c9f8e-6f0d-4f43-9a53-4f2b1c1f7a10
   * </pre>
   */
  String report(Path now, Instant since) {
    return "file       %s\nis now     %s\nsince      %s\nwhy        %s\ndelivered  %s\n"
            .formatted(file(), now, since, why, delivered())
        + "size       %d bytes when reading began\n".formatted(tracker.identity().size())
        + rest(now)
        + lastLine();
  }

  /** How to get at what was not delivered, where a program for it is on every host. */
  private String rest(Path now) {
    boolean hasOne = tracker.offset() > 0 && tracker.countsBytesOfFile();
    return hasOne ? "the rest   tail -c +%d %s\n".formatted(tracker.offset() + 1, now) : "";
  }

  private String lastLine() {
    return "stream     %s\n".formatted(tracker.stream());
  }

  /** Whether a text is a report about this file. */
  boolean isReport(String text) {
    return text.endsWith(lastLine());
  }
}
