package io.flafka.chaos;

import io.flafka.testbed.FlumeHome;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code flafka audit --deep}, as the tarball ships it, in a process of its own. */
final class Audit {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final FlumeHome home;
  private final Stage.Addresses addresses;
  private final Path folder;

  Audit(FlumeHome home, Stage.Addresses addresses, Path folder) {
    this.home = home;
    this.addresses = addresses;
    this.folder = folder;
  }

  /** What it finds fault with; empty if all is complete. */
  Optional<String> problem() throws IOException {
    JavaProcess audit =
        JavaProcess.start(
            "audit",
            folder,
            JavaProcess.Lifetime.LEASHED,
            Map.of("FLAFKA_OPTS", "-Xmx1g"),
            List.of(
                home.directory().resolve("plugins.d/flafka/bin/flafka").toString(),
                "audit",
                "--deep",
                "--topic",
                Pipeline.TOPIC,
                "--group",
                Pipeline.GROUP,
                "--path",
                addresses.landing(),
                "--bootstrap-server",
                addresses.bootstrapServers()));
    if (!audit.exitsWithin(LIMIT)) {
      audit.kill();
      return Optional.of("flafka audit took longer than " + LIMIT);
    }
    return audit.exitStatus() == 0
        ? Optional.empty()
        : Optional.of("flafka audit finds fault:\n" + audit.lastLines(40));
  }
}
