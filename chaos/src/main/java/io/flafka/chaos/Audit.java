package io.flafka.chaos;

import io.flafka.testbed.FlumeHome;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code flafka audit}, as the tarball ships it, in a process of its own. */
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

  /** What it finds fault with in what has landed; empty if all is complete. */
  Optional<String> landing() throws IOException {
    return problem(
        "audit",
        "--deep",
        "--topic",
        Pipeline.TOPIC,
        "--group",
        Pipeline.GROUP,
        "--path",
        addresses.landing());
  }

  /** What it finds fault with in what an agent has sent; empty if all is complete. */
  Optional<String> sent(Carrier carrier) throws IOException {
    return problem(
        "audit-" + carrier.name(),
        "--spool",
        carrier.spool().toString(),
        "--transactional-id",
        carrier.name());
  }

  private Optional<String> problem(String name, String... question) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home.flafka().toString());
    command.add("audit");
    command.addAll(List.of(question));
    command.addAll(List.of("--bootstrap-server", addresses.bootstrapServers()));
    JavaProcess audit =
        JavaProcess.start(
            name, folder, JavaProcess.Lifetime.LEASHED, Map.of("FLAFKA_OPTS", "-Xmx1g"), command);
    if (!audit.exitsWithin(LIMIT)) {
      audit.kill();
      return Optional.of("flafka " + name + " took longer than " + LIMIT);
    }
    return audit.exitStatus() == 0
        ? Optional.empty()
        : Optional.of("flafka " + name + " finds fault:\n" + audit.lastLines(40));
  }
}
