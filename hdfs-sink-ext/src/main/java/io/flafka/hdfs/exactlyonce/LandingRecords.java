package io.flafka.hdfs.exactlyonce;

import io.flafka.hdfs.exactlyonce.ManifestFormat.TornManifestException;
import io.flafka.hdfs.exactlyonce.ManifestFormat.UnreadableManifestException;
import io.flafka.hdfs.file.HdfsClient;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of a landing, for those who only look: it changes nothing, and sinks may be at
 * work meanwhile. A manifest moves from a run to the history; so who asks for the {@link #runs}
 * first and for the history then misses none, and may see one twice.
 *
 * <p>Calls take as long as HDFS takes. For one thread.
 */
public final class LandingRecords {
  private final HdfsClient hdfs;
  private final Premises premises;
  private final InstantSource clock;

  /**
   * @param base the directory {@code _flafka}, or what {@code hdfs.manifestDir} says
   */
  public LandingRecords(HdfsClient hdfs, Path base, InstantSource clock) {
    this.hdfs = hdfs;
    this.premises = new Premises(hdfs.qualified(base));
    this.clock = clock;
  }

  /**
   * What a run of a sink has in its directory.
   *
   * @param directory its full URI
   * @param owner host and process; empty if that isn't known
   * @param streams that it took; empty if that isn't known
   * @param cleared whether another sink has taken it for dead
   * @param dead whether it is cleared, its process is gone from this host, or it is silent
   * @param lastSign when it last showed that it lives, or wrote something
   * @param prepared its manifests whose files are not all published
   * @param files how many files there are that none of those names
   */
  public record InUse(
      String directory,
      String owner,
      Set<String> streams,
      boolean cleared,
      boolean dead,
      Instant lastSign,
      List<Prepared> prepared,
      int files) {
    public InUse {
      streams = Set.copyOf(streams);
      prepared = List.copyOf(prepared);
    }
  }

  /**
   * A manifest in a run. Whether it is committed, the consumer group knows.
   *
   * @param id of the manifest
   * @param path its full URI
   * @param manifest null if it can't be read
   * @param torn whether its writer died at it, so that no commit names it
   */
  public record Prepared(String id, String path, @Nullable Manifest manifest, boolean torn) {}

  /** Is given one manifest after the other. */
  @FunctionalInterface
  public interface Visitor {
    void visit(Manifest manifest) throws IOException;
  }

  /** The directory that all of it is in, as a full URI. */
  public String base() {
    return premises.base().toString();
  }

  /** The id of the manifest that a note names, wherever that was. */
  public static String idOf(String note) {
    String name = note.substring(note.lastIndexOf('/') + 1);
    return name.endsWith(Premises.MANIFEST) ? History.idOf(name) : name;
  }

  /** The day of a manifest's id, as {@code 2026-11-26}. */
  public static String dayOf(String id) {
    return History.day(id);
  }

  /** All runs that have a directory, those that are cleared away among them. */
  public List<InUse> runs() throws IOException {
    List<InUse> runs = new ArrayList<>();
    for (FileStatus run : hdfs.list(premises.runs())) {
      runs.add(run(run, false));
    }
    for (FileStatus run : hdfs.list(premises.cleared())) {
      runs.add(run(run, true));
    }
    return runs;
  }

  private InUse run(FileStatus run, boolean cleared) throws IOException {
    Instant lastSign = Instant.ofEpochMilli(run.getModificationTime());
    boolean dead = cleared || lastSign.plus(Run.SILENCE).isBefore(clock.instant());
    String owner = "";
    Set<String> streams = new HashSet<>();
    List<Prepared> prepared = new ArrayList<>();
    Set<String> others = new HashSet<>();
    for (FileStatus file : hdfs.list(run.getPath())) {
      String name = file.getPath().getName();
      if (Run.isManifest(name)) {
        prepared(file.getPath()).ifPresent(prepared::add);
      } else if (Run.isOwner(name)) {
        Optional<Owner> named = owner(file.getPath());
        owner = named.map(one -> one.host() + " process " + one.process()).orElse(owner);
        dead |= named.filter(one -> one.isGone(Owner.here())).isPresent();
        named.ifPresent(one -> streams.addAll(one.streams()));
      } else {
        others.add(name);
      }
    }
    for (Prepared one : prepared) {
      if (one.manifest() != null) {
        one.manifest().files().forEach(file -> others.remove(new Path(file.staged()).getName()));
      }
    }
    return new InUse(
        run.getPath().toString(), owner, streams, cleared, dead, lastSign, prepared, others.size());
  }

  private Optional<Owner> owner(Path file) {
    try {
      return Run.owner(hdfs, file);
    } catch (IOException e) {
      return Run.ownerByName(file.getName()); // Its writer may have died at it.
    }
  }

  /** Empty if it was published just now. */
  private Optional<Prepared> prepared(Path path) throws IOException {
    String id = History.idOf(path.getName());
    try {
      return History.read(hdfs, path)
          .map(manifest -> new Prepared(id, path.toString(), manifest, false));
    } catch (TornManifestException e) {
      return Optional.of(new Prepared(id, path.toString(), null, true));
    } catch (UnreadableManifestException e) {
      return Optional.of(new Prepared(id, path.toString(), null, false));
    }
  }

  /**
   * Hands on every manifest of the history once, day by day. No more is kept of them than the ids
   * of one day.
   */
  public void published(Visitor visitor) throws IOException {
    for (String day : new History(hdfs, premises).days()) {
      published(day, new HashSet<>(), visitor);
    }
  }

  private void published(String day, Set<String> seen, Visitor visitor) throws IOException {
    try {
      new History(hdfs, premises)
          .each(
              day,
              manifest -> {
                if (seen.add(manifest.id())) {
                  visit(visitor, manifest);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** What the visitor fails at is not the history's, which tries again where a file is gone. */
  private static void visit(Visitor visitor, Manifest manifest) {
    try {
      visitor.visit(manifest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a file is that a manifest names, to this client, whatever the sink's called HDFS. */
  public Path place(String file) {
    return hdfs.qualified(Path.getPathWithoutSchemeAndAuthority(new Path(file)));
  }

  /** The length of a file that a manifest names, in bytes; -1 if it isn't there. */
  public long length(String file) throws IOException {
    try {
      return hdfs.length(place(file));
    } catch (FileNotFoundException e) {
      return -1;
    }
  }

  /** Opens a file that a manifest names. */
  public InputStream open(String file) throws IOException {
    return hdfs.read(place(file));
  }
}
