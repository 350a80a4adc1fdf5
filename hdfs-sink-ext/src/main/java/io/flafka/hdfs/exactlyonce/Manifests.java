package io.flafka.hdfs.exactlyonce;

import io.flafka.delivery.LastCommit;
import io.flafka.delivery.Participant;
import io.flafka.delivery.Span;
import io.flafka.hdfs.cargo.HdfsSinkCounter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two phases of a sink: what was written becomes a manifest, and what the channel committed
 * becomes visible. The note is the manifest's full URI.
 *
 * <p>For the lander's thread, in the order that {@link Participant} says.
 */
final class Manifests implements Participant {
  private static final Logger log = LoggerFactory.getLogger(Manifests.class);

  private final String sink;
  private final String origin;
  private final Shipment shipment;
  private final Run run;
  private final UnaryOperator<Path> qualify;
  private final Publication publication;
  private final Recovery recovery;
  private final HdfsSinkCounter counter;
  private @Nullable Prepared prepared;

  private record Prepared(Path pending, Manifest manifest) {}

  /**
   * @param origin the sink, and its host, as manifests name them
   */
  Manifests(
      String sink,
      String origin,
      Shipment shipment,
      Run run,
      UnaryOperator<Path> qualify,
      Publication publication,
      Recovery recovery,
      HdfsSinkCounter counter) {
    this.sink = sink;
    this.origin = origin;
    this.shipment = shipment;
    this.run = run;
    this.qualify = qualify;
    this.publication = publication;
    this.recovery = recovery;
    this.counter = counter;
  }

  @Override
  public Map<String, Long> recover(
      Set<String> streams, Map<String, LastCommit> commits, Runnable confirm) {
    try {
      Map<String, Long> known = recovery.recover(streams, commits, confirm);
      run.takes(streams);
      return known;
    } catch (IOException | RuntimeException e) {
      throw new LandingException(
          sink
              + ": can't see to what earlier owners of "
              + streams
              + " may have left, and nothing is taken before ("
              + e.getMessage()
              + "): unless that says what to do, check hdfs.path, and that the file system is up",
          e);
    }
  }

  @Override
  public String prepare(Map<String, Span> taken) {
    Prepared known = prepared;
    if (known == null) {
      try {
        known = prepareNow(taken);
      } catch (IOException | RuntimeException e) {
        throw new LandingException(
            sink + ": what was taken is not committed, and comes again: " + e.getMessage(), e);
      }
      prepared = known;
    }
    return known.pending().toString();
  }

  /** The manifest is written while the files are closed: it says nothing before it is committed. */
  private Prepared prepareNow(Map<String, Span> taken) throws IOException {
    List<Manifest.Landed> files = shipment.finish();
    Manifest manifest = new Manifest(run.nextId(), origin, taken, files);
    if (files.isEmpty()) {
      run.begin(); // Everything that was taken went elsewhere, as dead letters do.
    }
    String name = manifest.id() + Premises.MANIFEST;
    shipment.close(() -> run.write(name, ManifestFormat.line(manifest)));
    return new Prepared(qualify.apply(run.file(name)), manifest);
  }

  @Override
  public void publish() {
    Prepared committed = prepared;
    if (committed == null) {
      return;
    }
    shipment.committed();
    try {
      publication.of(committed.pending(), committed.manifest());
    } catch (IOException | RuntimeException e) {
      throw new LandingException(
          sink
              + ": what is committed is not visible yet, which is tried again before anything more"
              + " is taken: "
              + e.getMessage(),
          e);
    }
    counter.committed(shipment.events());
    counter.rolled(shipment.reason());
    log.info(
        "{}: landed {} events in {} files ({}): {}",
        sink,
        shipment.events(),
        committed.manifest().files().size(),
        shipment.reason(),
        committed.manifest().id());
    prepared = null;
    shipment.clear();
  }

  /** Never throws: what can't be deleted now is deleted before the next file is opened. */
  @Override
  public void discard() {
    prepared = null;
    shipment.drop();
    try {
      run.clear();
    } catch (IOException | RuntimeException e) {
      log.warn(
          "{}: unfinished files in {} can't be deleted yet ({})",
          sink,
          run.directory(),
          e.toString());
    }
  }

  /** A phase that couldn't be completed. */
  static final class LandingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LandingException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
