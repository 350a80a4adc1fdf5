package io.flafka.kafka.consume;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when a member of a group has had no partitions for long, and why that may be. */
final class LongWait {
  private static final Logger log = LoggerFactory.getLogger(LongWait.class);
  private static final long LONG = TimeUnit.SECONDS.toNanos(10);

  private long since = System.nanoTime();
  private boolean said;

  /** Notes whether it has some now. */
  void has(boolean some) {
    if (some) {
      since = System.nanoTime();
      if (said) {
        log.info("There are partitions now");
        said = false;
      }
    } else if (!said && System.nanoTime() - since > LONG) {
      said = true;
      log.info(
          "No partitions for {} s: either the group waits for a member that was killed, until its"
              + " session.timeout.ms (45 s) is over, or it has more members than partitions",
          TimeUnit.NANOSECONDS.toSeconds(LONG));
    }
  }
}
