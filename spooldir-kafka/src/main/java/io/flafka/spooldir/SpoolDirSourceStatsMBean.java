package io.flafka.spooldir;

import org.apache.flume.instrumentation.SourceCounterMBean;

/** What stock Flume counts of a source, and what a spooling directory's tells besides. */
public interface SpoolDirSourceStatsMBean extends SourceCounterMBean {
  /** Files that wait to be read: as far as it is known, and 32,768 at most. */
  long getFilesWaiting();

  /** Files that are picked up and not yet retired. */
  long getFilesInProgress();

  /** Files that were delivered and retired since the start. */
  long getFilesDone();

  /** Files that were put into quarantine since the start. */
  long getFilesQuarantined();

  /** Single events that were put into quarantine, because a channel refused them. */
  long getEventsQuarantined();

  /** Bytes of files that were accepted by the channels since the start, as they lie on the disk. */
  long getBytesRead();

  /** Lines that were longer than {@code deserializer.maxLineLength}. */
  long getOverlongLines();

  /** Lines, or parts of long ones, that were not in {@code inputCharset} and were made good. */
  long getMalformedLines();

  /**
   * How much of each file in progress the channels have accepted: {@code access.log=42%}, up to a
   * hundred files.
   */
  String getProgress();

  /** Seconds since the last event of each file in progress was accepted: {@code access.log=3}. */
  String getSecondsSinceLastEvent();
}
