package io.flafka.hdfs;

import io.flafka.delivery.Guarantee;
import io.flafka.delivery.ReplayableChannel;
import io.flafka.hdfs.atleastonce.AtLeastOnce;
import io.flafka.hdfs.cargo.Cargo;
import io.flafka.hdfs.cargo.Unloading;
import io.flafka.hdfs.config.HdfsSinkConfig;
import io.flafka.hdfs.exactlyonce.ExactlyOnce;
import io.flafka.hdfs.file.BucketFile;
import io.flafka.hdfs.file.HdfsClient;
import java.io.IOException;
import java.util.Optional;
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
  private @Nullable Unloading unloading;

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
    Unloading current = unloading;
    if (current == null) {
      current = open();
      unloading = current;
    }
    return current.step();
  }

  /** Lands what only time has finished. Never throws. */
  void tidy() {
    Unloading current = unloading;
    if (current != null) {
      current.tidy();
    }
  }

  /** Lands everything, and gives all resources back. Never throws. */
  void close() {
    Unloading current = unloading;
    unloading = null;
    if (current == null) {
      return;
    }
    try {
      current.close();
    } catch (EventDeliveryException | IOException | RuntimeException e) {
      log.error("{}: not all files have landed at the stop", cargo.sink(), e);
    }
  }

  private Unloading open() throws EventDeliveryException {
    String root = config.layout().directory().root();
    Path directory = new Path(root.isEmpty() ? "." : root);
    HdfsClient hdfs = fileSystem(directory, root);
    try {
      return unloading(hdfs, directory);
    } catch (IOException | RuntimeException e) {
      try (hdfs) {
        throw new EventDeliveryException(cargo.sink() + ": " + e.getMessage(), e);
      } catch (IOException close) {
        throw new EventDeliveryException(cargo.sink() + ": " + e.getMessage(), close);
      }
    }
  }

  private Unloading unloading(HdfsClient hdfs, Path directory) throws IOException {
    if (config.guarantee() == Guarantee.AT_LEAST_ONCE) {
      return new AtLeastOnce(name, config, cargo, hdfs);
    }
    Optional<String> refusal = hdfs.exactlyOnceRefusal(directory, config.atomicRename());
    if (refusal.isPresent()) {
      throw new IOException(Guarantee.KEY + " = exactly_once: " + refusal.get());
    }
    return new ExactlyOnce(name, config, cargo, (ReplayableChannel) cargo.channel(), hdfs);
  }

  private HdfsClient fileSystem(Path directory, String root) throws EventDeliveryException {
    try {
      HdfsClient hdfs = HdfsClient.open(directory, config.rawLocal(), config.login());
      if (directory.toUri().getScheme() == null && hdfs.isLocal()) {
        log.warn(
            "{}: hdfs.path names no file system, and neither does Hadoop's fs.defaultFS: it lands"
                + " on this host's own disk. For HDFS write hdfs://<namenode>/..., or put the"
                + " folder with the cluster's core-site.xml on the agent's class path",
            cargo.sink());
      }
      return hdfs;
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new EventDeliveryException(
          cargo.sink()
              + ": no file system for hdfs.path = "
              + root
              + "... ("
              + BucketFile.reason(e)
              + "): unless that says what to do, check the name of the NameNode, and that Hadoop's"
              + " jars and configuration are on the agent's class path; the events stay in the"
              + " channel",
          e);
    }
  }
}
