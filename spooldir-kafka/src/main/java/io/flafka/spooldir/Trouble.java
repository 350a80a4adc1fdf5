package io.flafka.spooldir;

import io.flafka.spooldir.retire.RefusedEvent;
import java.nio.file.Path;
import org.apache.flume.ChannelException;
import org.apache.flume.ChannelFullException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes few lines of log out of many failed attempts: one for each kind of failure, and one at the
 * end.
 *
 * <p>For one thread.
 */
final class Trouble {
  private static final Logger log = LoggerFactory.getLogger(Trouble.class);

  /**
   * Attempts before a full channel is reported. It is how a slow sink slows its source down, and
   * not worth a line unless it lasts.
   */
  private static final int PATIENCE = 6;

  private final String source;
  private int attempts;
  private long refusals;
  private boolean saidNotKept;
  private @Nullable Class<?> reported;

  Trouble(String source) {
    this.source = source;
  }

  void channelFailed(ChannelException e) {
    attempts++;
    boolean ordinary = e instanceof ChannelFullException && attempts < PATIENCE;
    if (!ordinary && isNews(e)) {
      log.warn(
          "source {}: the channel does not accept a batch ({}{}): it is tried again until it does,"
              + " nothing is lost, and nothing more is read meanwhile",
          source,
          e,
          e.getCause() == null ? "" : "; " + e.getCause());
    }
  }

  void processingFailed(Exception e) {
    attempts++;
    if (isNews(e)) {
      log.error(
          "source {}: an interceptor or channel selector fails on a batch: it is tried again until"
              + " they don't, nothing is lost, but nothing more is read until that is put right",
          source,
          e);
    }
  }

  /** An event was kept elsewhere. The first of many are reported: the 1st, 2nd, 4th, 8th... */
  void refused(RefusedEvent event, Path kept) {
    refusals++;
    if (Long.bitCount(refusals) == 1) {
      log.error(
          "source {}: the channel will never accept {} [{}, {}) ({}); it is kept in {}, the {}."
              + " since the start; the others go on",
          source,
          event.file(),
          event.start(),
          event.end(),
          event.why(),
          kept,
          refusals);
    }
  }

  void notKept(RefusedEvent event, Exception e) {
    if (saidNotKept) {
      return;
    }
    saidNotKept = true;
    log.error(
        "source {}: {} [{}, {}), which the channel will never accept, can't be kept in"
            + " quarantineDir ({}), so everything waits",
        source,
        event.file(),
        event.start(),
        event.end(),
        e.toString());
  }

  private boolean isNews(Exception e) {
    boolean news = reported != e.getClass();
    reported = e.getClass();
    return news;
  }

  /** An attempt succeeded. */
  void over() {
    if (reported != null) {
      log.info("source {}: a batch was accepted after {} failed attempts", source, attempts);
    }
    attempts = 0;
    saidNotKept = false;
    reported = null;
  }
}
