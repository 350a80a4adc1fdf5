package io.flafka.spooldir.stock;

import io.flafka.spooldir.SpoolDirSource;
import java.util.Locale;
import org.apache.flume.lifecycle.LifecycleState;
import org.apache.flume.source.AbstractSource;
import org.apache.flume.source.SpoolDirectorySource;

/** Whose source it is. */
enum Side {
  STOCK,
  OURS;

  /** Stock's, which lets only those see that it is dead who extend it. */
  private static final class StockSource extends SpoolDirectorySource {
    boolean isDead() {
      return hasFatalError();
    }

    boolean isHeldUp() {
      return didHitChannelFullException() || didHitChannelException();
    }
  }

  /** A source that knows nothing yet. */
  AbstractSource source() {
    return this == STOCK ? new StockSource() : new SpoolDirSource();
  }

  /** Whether a source will never read again, whatever it says. */
  static boolean isDead(AbstractSource source) {
    return source instanceof StockSource stock
        ? stock.isDead()
        : source.getLifecycleState() == LifecycleState.ERROR;
  }

  /** Whether stock's source has met a full channel. */
  static boolean isHeldUp(AbstractSource source) {
    return source instanceof StockSource stock && stock.isHeldUp();
  }

  /** In names of folders and sources. */
  String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }
}
