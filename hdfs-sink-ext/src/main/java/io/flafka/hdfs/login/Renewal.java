package io.flafka.hdfs.login;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a ticket in time.
 *
 * <p>Hadoop's IPC client does so for the JVM's login user alone; for any other user calls fail from
 * the moment on that his ticket has expired and a connection has to be made. So a ticket is renewed
 * when a quarter of its life is left, and tried again several times before it expires. What fails
 * is warned of once, until it works again.
 *
 * <p>On a thread of its own, since the sink's may hang in HDFS.
 */
final class Renewal implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(Renewal.class);
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** A machine that was suspended doesn't count the time. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Ticket ticket;
  private final String principal;
  private Duration life;
  private boolean failing;
  private volatile boolean closed;
  private @Nullable Thread thread;

  Renewal(Ticket ticket, String principal) {
    this.ticket = ticket;
    this.principal = principal;
    this.life = ticket.remaining();
  }

  static Renewal start(Ticket ticket, String principal) {
    Renewal renewal = new Renewal(ticket, principal);
    Thread thread = new Thread(renewal::run, "renewal-of-" + principal);
    thread.setDaemon(true);
    renewal.thread = thread;
    thread.start();
    return renewal;
  }

  private void run() {
    Duration pause = look();
    while (!closed) {
      LockSupport.parkNanos(pause.toNanos());
      pause = closed ? pause : look();
    }
  }

  /** Renews the ticket if it is time; returns when to look again. */
  Duration look() {
    Duration before = ticket.remaining();
    Duration spare = before.minus(life.dividedBy(4));
    if (spare.compareTo(Duration.ZERO) > 0) {
      return within(spare);
    }
    try {
      ticket.renew();
    } catch (IOException | RuntimeException e) {
      failed(e);
      return within(life.dividedBy(20));
    }
    Duration remaining = ticket.remaining();
    if (remaining.compareTo(before) <= 0) {
      return within(life.dividedBy(20)); // Hadoop renews once a minute at most.
    }
    life = remaining;
    if (failing) {
      failing = false;
      log.info("{}: the Kerberos ticket is renewed again, for {}", principal, life);
    }
    return within(life.dividedBy(2));
  }

  private void failed(Exception e) {
    if (!failing) {
      failing = true;
      log.warn(
          "{}: the Kerberos ticket can't be renewed, is good for {} more seconds, and is tried"
              + " again until then and beyond: {}",
          principal,
          Math.max(0, ticket.remaining().toSeconds()),
          e.getMessage(),
          e);
    }
  }

  private static Duration within(Duration pause) {
    if (pause.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }

  @Override
  public void close() {
    closed = true;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }
}
