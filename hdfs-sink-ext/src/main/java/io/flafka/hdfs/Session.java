package io.flafka.hdfs;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sink from its start to its stop. All on the lander's thread.
 *
 * <p>HDFS is looked for at the first step, not at the start, so that an agent starts without it;
 * what then fails is tried again at the next step.
 */
final class Session {
  private static final Logger log = LoggerFactory.getLogger(Session.class);

  private final String name;
  private final HdfsSinkConfig config;
  private final Cargo cargo;
  private @Nullable Ashore ashore;

  /**
   * Prepares a session; takes no resources.
   *
   * @param name the sink's, for its threads
   */
  Session(String name, HdfsSinkConfig config, Cargo cargo) {
    this.name = name;
    this.config = config;
    this.cargo = cargo;
  }

  Status step() throws EventDeliveryException {
    Ashore current = ashore;
    if (current == null) {
      current = open();
      ashore = current;
    }
    return current.step.take();
  }

  /** Lands what only time has finished. Never throws. */
  void tidy() {
    Ashore current = ashore;
    if (current == null) {
      return;
    }
    try {
      current.step.tidy();
    } catch (RuntimeException e) {
      log.error("{}: files could not be rolled, and are tried again", cargo.sink(), e);
    }
    for (IOException failure : current.landing.takeFailures()) {
      log.warn("{}: {}", cargo.sink(), failure.getMessage());
    }
  }

  /** Lands everything, and gives all resources back. */
  void close() {
    Ashore current = ashore;
    ashore = null;
    if (current == null) {
      return;
    }
    try {
      current.close();
    } catch (EventDeliveryException | IOException | RuntimeException e) {
      log.error("{}: not all files have landed at the stop", cargo.sink(), e);
    }
    current
        .landing
        .stranded()
        .forEach(file -> log.warn("{}: left behind under its in-use name: {}", cargo.sink(), file));
  }

  private Ashore open() throws EventDeliveryException {
    String root = config.layout().directory().root();
    try {
      HdfsClient hdfs = HdfsClient.open(new Path(root.isEmpty() ? "/" : root), config.rawLocal());
      return new Ashore(hdfs);
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new EventDeliveryException(
          cargo.sink()
              + ": no file system for hdfs.path = "
              + root
              + "... ("
              + BucketFile.reason(e)
              + "): check the name of the NameNode, and that Hadoop's jars and configuration are on"
              + " the agent's class path; the events stay in the channel",
          e);
    }
  }

  /** What exists once there is a file system. */
  private final class Ashore {
    private final HdfsClient hdfs;
    private final String run = HexFormat.of().toHexDigits(new SecureRandom().nextInt());
    private final @Nullable Registry registry;
    private final Notes notes;
    private final Crew crew;
    private final Landing landing;
    private final Salvage salvage;
    private final Step step;

    Ashore(HdfsClient hdfs) {
      this.hdfs = hdfs;
      this.registry = openRegistry();
      this.notes = registry == null ? Notes.NONE : registry;
      this.crew = new Crew(name, config.threads());
      this.landing =
          new Landing(
              cargo.sink(), hdfs, crew, notes, config.retries(), cargo.clock(), cargo.counter());
      this.salvage = new Salvage(cargo.sink(), hdfs, deadRuns(), config.retries(), cargo.clock());
      OpenFiles open = new OpenFiles(config.maxOpenFiles());
      EventClock time = new EventClock(config.layout().localTime(), cargo.clock());
      Delivery delivery =
          new Delivery(
              config,
              cargo,
              new Buckets(cargo.sink(), config.layout(), time, cargo.counter()),
              open,
              opening(),
              crew,
              landing);
      this.step = new Step(config, open, landing, salvage, delivery, cargo.clock());
    }

    private Opening opening() {
      FileNames names = new FileNames(config.names(), cargo.clock(), run);
      return new Opening(
          hdfs, notes, names, config.format(), config.sync(), cargo.clock(), cargo.counter());
    }

    private @Nullable Registry openRegistry() {
      try {
        return Registry.open(config.registryDir(), run);
      } catch (IOException | RuntimeException e) {
        unregistered("files that this agent has in use when it is killed keep", e);
        return null;
      }
    }

    private List<Registry> deadRuns() {
      try {
        return Registry.takeOver(config.registryDir(), hdfs::owns);
      } catch (IOException | RuntimeException e) {
        unregistered("files that a killed agent had in use may keep", e);
        return List.of();
      }
    }

    private void unregistered(String consequence, Exception e) {
      log.warn(
          "{}: hdfs.registryDir = {} can't be used ({}): {} their in-use names until someone"
              + " renames them. Give the sink a folder that it may write to and that outlives it",
          cargo.sink(),
          config.registryDir(),
          e.toString(),
          consequence);
    }

    /** Lands everything, and gives all resources back. */
    void close() throws EventDeliveryException, IOException {
      try (hdfs;
          registry;
          crew) {
        step.last();
      } finally {
        salvage.end();
      }
    }
  }
}
