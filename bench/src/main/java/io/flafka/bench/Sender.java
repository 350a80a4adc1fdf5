package io.flafka.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Who sends the lines of files to a topic. */
enum Sender {
  /** Stock's spooling directory and its Kafka channel. */
  STOCK("stock", Spooler.STOCK, Contender.STOCK),
  /** Stock's spooling directory, memory channel and Kafka sink. */
  STOCK_SINK("stock-sink", Spooler.STOCK, Contender.STOCK),
  TAILDIR("taildir", Spooler.TAILDIR, Contender.STOCK),
  AT_LEAST_ONCE("flafka", Spooler.FLAFKA, Contender.AT_LEAST_ONCE),
  EXACTLY_ONCE("flafka-exactly-once", Spooler.FLAFKA, Contender.EXACTLY_ONCE),
  /** A loop over the JDK's file channel and Kafka's producer, without Flume. */
  BARE("bare", Spooler.BARE, Contender.BARE),
  /** The same, with as many lines in a Kafka transaction as Flafka has; no position is kept. */
  BARE_TRANSACTIONS("bare-transactions", Spooler.BARE, Contender.BARE),
  /**
   * Kafka's own connector for files, exactly once. One of them reads one file, so it has all lines
   * in one: a single reader, as the others are.
   */
  CONNECT("connect", Spooler.BARE, Contender.BARE),
  /** The command line of librdkafka. It keeps no positions. */
  KCAT("kcat", Spooler.BARE, Contender.BARE, "kcat", "kcat"),
  /** Its imfile and omkafka. */
  RSYSLOG("rsyslog", Spooler.BARE, Contender.BARE, "rsyslogd", "rsyslog rsyslog-kafka");

  private final String label;
  private final Spooler spooler;
  private final Contender contender;
  private final String program;
  private final String packages;

  Sender(String label, Spooler spooler, Contender contender) {
    this(label, spooler, contender, "", "");
  }

  /**
   * Somebody else's.
   *
   * @param packages that Debian has it in
   */
  Sender(String label, Spooler spooler, Contender contender, String program, String packages) {
    this.label = label;
    this.spooler = spooler;
    this.contender = contender;
    this.program = program;
    this.packages = packages;
  }

  String label() {
    return label;
  }

  /** What the number of lines is divided by for it, so that it takes about as long as others. */
  long slowness() {
    return switch (this) {
      case STOCK, STOCK_SINK -> 6;
      case CONNECT, RSYSLOG -> 4;
      default -> 1;
    };
  }

  /** Whose source it has. */
  Spooler spooler() {
    return spooler;
  }

  /** Whose channel it has. */
  Contender contender() {
    return contender;
  }

  /** Whether it is an agent. */
  boolean isAgent() {
    return spooler != Spooler.BARE;
  }

  /** What would install it; empty if it is there. */
  Optional<String> missing() {
    return program.isEmpty() || path().isPresent()
        ? Optional.empty()
        : Optional.of("apt-get install " + packages);
  }

  /** Where its program is. */
  Optional<Path> path() {
    // Daemons are not in everybody's path.
    return Stream.of((System.getenv("PATH") + ":/usr/sbin:/sbin").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
