package io.flafka.hdfs.login;

import java.io.IOException;
import java.time.Duration;

/** What HDFS knows a user by, for a time. */
interface Ticket {
  /** How long it is good for; nothing or less once it has expired. */
  Duration remaining();

  /**
   * Takes a new one in its place. It may leave it as it is, if that was done a short while ago.
   *
   * @throws IOException if there is none to be had; the old one then stays
   */
  void renew() throws IOException;
}
