package io.flafka.hdfs.exactlyonce;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.delivery.Span;
import io.flafka.hdfs.file.HdfsClient;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The manifests whose files are published, of all sinks that ever landed here: a directory for each
 * day, of the manifest's id, and a few files for each day that is over.
 *
 * <p>It tells, if nothing else does, how far each stream has been landed. Which of a stream's
 * manifests is the last is told by their ids, thus by the agents' clocks: a stream changes hands in
 * seconds, so clocks that are synchronised at all are good enough.
 *
 * <p>For one thread; any number of sinks may share a directory.
 */
final class History {
  /** What the files of days that are over end in. */
  static final String LINES = ".jsonl";

  private static final int ATTEMPTS = 5;

  /** Of a directory, or of a file of a day that is over. */
  private static final Pattern NAME =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(-[0-9a-f]{8}\\.jsonl)?");

  /** Of a manifest's id. */
  private static final int DAY = "yyyyMMdd".length();

  private final HdfsClient hdfs;
  private final Path directory;

  History(HdfsClient hdfs, Premises premises) {
    this.hdfs = hdfs;
    this.directory = premises.history();
  }

  /** {@code 2026-11-26}, of the id of a manifest. */
  static String day(String id) {
    return id.substring(0, 4) + "-" + id.substring(4, 6) + "-" + id.substring(6, DAY);
  }

  /** Takes a manifest whose files are published. Done twice, it is done once. */
  void add(Path pending) throws IOException {
    String file = pending.getName();
    Path kept = new Path(new Path(directory, day(file)), file);
    hdfs.makeDirectories(kept.getParent());
    try {
      hdfs.rename(pending, kept);
    } catch (IOException e) {
      if (hdfs.exists(pending) || !has(idOf(file))) {
        throw new IOException("can't move " + pending + " to " + kept + " (" + e + ")", e);
      }
    }
  }

  static String idOf(String file) {
    return file.substring(0, file.length() - Premises.MANIFEST.length());
  }

  /** Whether a manifest is here. */
  boolean has(String id) throws IOException {
    if (hdfs.exists(new Path(new Path(directory, day(id)), id + Premises.MANIFEST))) {
      return true;
    }
    return manifests(day(id)).containsKey(id);
  }

  /** All manifests, by their ids. */
  Map<String, Manifest> all() throws IOException {
    return manifests("");
  }

  /** Those of a day. */
  Map<String, Manifest> manifests(String day) throws IOException {
    Map<String, Manifest> found = new TreeMap<>();
    each(day, manifest -> found.put(manifest.id(), manifest));
    return found;
  }

  /** The days of which there is something, the earliest first. */
  SortedSet<String> days() throws IOException {
    SortedSet<String> days = new TreeSet<>();
    for (FileStatus entry : hdfs.list(directory)) {
      Matcher name = NAME.matcher(entry.getPath().getName());
      if (name.matches()) {
        days.add(name.group(1));
      }
    }
    return days;
  }

  /** Hands on the manifests of a day, one at a time; those that are there twice come twice. */
  void each(String day, Consumer<Manifest> to) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        // First what another sink may be putting together just now, then what it makes of it.
        read(day, FileStatus::isDirectory, to);
        read(day, entry -> entry.getPath().getName().endsWith(LINES), to);
        return;
      } catch (FileNotFoundException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** How far some streams have been landed, as offsets to go on from; those it knows. */
  Map<String, Long> ends(Collection<String> streams) throws IOException {
    Map<String, Long> ends = new HashMap<>();
    if (!streams.isEmpty()) {
      // In the order of their times, so that the last one counts.
      for (Manifest manifest : all().values()) {
        for (String stream : streams) {
          Span span = manifest.taken().get(stream);
          if (span != null) {
            ends.put(stream, span.to());
          }
        }
      }
    }
    return ends;
  }

  private void read(String day, Predicate<FileStatus> kind, Consumer<Manifest> to)
      throws IOException {
    for (FileStatus entry : hdfs.list(directory)) {
      if (entry.getPath().getName().startsWith(day) && kind.test(entry)) {
        readEntry(entry, to);
      }
    }
  }

  private void readEntry(FileStatus entry, Consumer<Manifest> to) throws IOException {
    if (!entry.isDirectory()) {
      readLines(entry.getPath(), to);
      return;
    }
    for (FileStatus file : hdfs.list(entry.getPath())) {
      if (file.getPath().getName().endsWith(Premises.MANIFEST)) {
        readLines(file.getPath(), to);
      }
    }
  }

  private void readLines(Path file, Consumer<Manifest> to) throws IOException {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(hdfs.read(file), UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        to.accept(ManifestFormat.parse(line, file));
        line = lines.readLine();
      }
    }
  }

  /** Reads a manifest that is pending; empty if it isn't there. */
  static Optional<Manifest> read(HdfsClient hdfs, Path pending) throws IOException {
    try (InputStream input = hdfs.read(pending)) {
      return Optional.of(ManifestFormat.parse(input.readAllBytes(), pending));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
