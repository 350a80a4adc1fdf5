package io.flafka.testbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports on the loopback interface. */
public final class Ports {
  /**
   * Below Linux's range for outgoing connections (32768 and up): a server that is killed and
   * restarted finds its port still free.
   */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;

  /**
   * JVMs that run tests side by side are numbered from 1 in the system property {@code
   * flafka.fork}, and have a range each; all others share the first one.
   */
  private static final int RANGES = 3;

  private static final int RANGE = (HIGHEST - LOWEST) / RANGES;
  private static final int FIRST = LOWEST + fork() % RANGES * RANGE;

  /** What this JVM was given before: its servers may not be listening yet. */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  private static int fork() {
    return Integer.parseInt(System.getProperty("flafka.fork", "0"));
  }

  /** One that nothing listens on, and that neither this JVM nor one beside it was given before. */
  public static int free() {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST + RANGE);
      if (!GIVEN.add(port)) {
        continue;
      }
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken; try another.
      }
    }
    throw new IllegalStateException("No free port between " + FIRST + " and " + (FIRST + RANGE));
  }
}
