package io.flafka.hdfs.atleastonce;

import io.flafka.hdfs.bucket.Buckets;
import io.flafka.hdfs.bucket.EventClock;
import io.flafka.hdfs.cargo.Cargo;
import io.flafka.hdfs.cargo.Unloading;
import io.flafka.hdfs.config.HdfsSinkConfig;
import io.flafka.hdfs.file.Crew;
import io.flafka.hdfs.file.FileNames;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.file.Notes;
import io.flafka.hdfs.file.OpenFiles;
import io.flafka.hdfs.file.Opening;
import java.io.IOException;
import java.util.List;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unloads batch by batch: what a channel transaction brought is durable before it is committed, and
 * what is in doubt after a failure or a crash is landed all the same. Any channel will do.
 */
public final class AtLeastOnce implements Unloading {
  private static final Logger log = LoggerFactory.getLogger(AtLeastOnce.class);

  private final HdfsSinkConfig config;
  private final Cargo cargo;
  private final HdfsClient hdfs;
  private final String run = FileNames.newRun();
  private final @Nullable Registry registry;
  private final Notes notes;
  private final Crew crew;
  private final Landing landing;
  private final Salvage salvage;
  private final Step step;

  /**
   * Looks for what dead runs have left; what can't be used of the agent's host is reported.
   *
   * @param name what the names of threads begin with
   * @param hdfs is closed with this
   */
  public AtLeastOnce(String name, HdfsSinkConfig config, Cargo cargo, HdfsClient hdfs) {
    this.config = config;
    this.cargo = cargo;
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
    Buckets buckets = new Buckets(cargo.sink(), config.layout(), time, cargo.counter());
    Delivery delivery = new Delivery(config, cargo, buckets, open, opening(), crew, landing);
    this.step = new Step(config, open, landing, salvage, delivery, cargo);
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

  @Override
  public Status step() throws EventDeliveryException {
    return step.take();
  }

  @Override
  public void tidy() {
    try {
      step.tidy();
    } catch (RuntimeException e) {
      log.error("{}: files could not be rolled, and are tried again", cargo.sink(), e);
    }
    for (IOException failure : landing.takeFailures()) {
      log.warn("{}: {}", cargo.sink(), failure.getMessage());
    }
  }

  @Override
  public void close() throws EventDeliveryException, IOException {
    try (hdfs;
        registry;
        crew) {
      step.last();
    } finally {
      salvage.end();
      landing
          .stranded()
          .forEach(
              file -> log.warn("{}: left behind under its in-use name: {}", cargo.sink(), file));
    }
  }
}
