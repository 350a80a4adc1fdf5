package io.flafka.hdfs.exactlyonce;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.hdfs.file.HdfsClient;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  /** What the name of each day begins with. */
  static final String ALL_DAYS = "";

  private static final Logger log = LoggerFactory.getLogger(History.class);
  private static final int ATTEMPTS = 5;

  /** Of a directory, or of a file of a day that is over. */
  private static final Pattern NAME =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(-[0-9a-f]{8}\\.jsonl)?");

  /** Of a manifest's id. */
  private static final int DAY = "yyyyMMdd".length();

  private final HdfsClient hdfs;
  private final Path directory;

  /**
   * A stream's last manifest.
   *
   * @param end the offset that the stream was landed to
   */
  record Last(String id, long end) {
    private static Last later(Last one, Last other) {
      return one.id.compareTo(other.id) < 0 ? other : one;
    }
  }

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
    return hdfs.exists(new Path(new Path(directory, day(id)), id + Premises.MANIFEST))
        || ids(day(id)).contains(id);
  }

  /** The ids of a day's manifests, or of {@link #ALL_DAYS}. */
  Set<String> ids(String day) throws IOException {
    Set<String> ids = new TreeSet<>();
    each(day, manifest -> ids.add(manifest.id()));
    return ids;
  }

  /** The days of which there is something, the earliest first. */
  NavigableSet<String> days() throws IOException {
    NavigableSet<String> days = new TreeSet<>();
    for (FileStatus entry : hdfs.list(directory)) {
      dayOf(entry).ifPresent(days::add);
    }
    return days;
  }

  /** The day whose manifests an entry of the directory holds; empty if it is none of ours. */
  static Optional<String> dayOf(FileStatus entry) {
    Matcher name = NAME.matcher(entry.getPath().getName());
    return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
  }

  /** Each stream's last manifest. */
  Map<String, Last> last() throws IOException {
    Map<String, Last> last = new HashMap<>();
    each(
        ALL_DAYS,
        manifest ->
            manifest
                .taken()
                .forEach(
                    (stream, span) ->
                        last.merge(stream, new Last(manifest.id(), span.to()), Last::later)));
    return last;
  }

  /** How far some streams have been landed, as offsets to go on from; those it knows. */
  Map<String, Long> ends(Collection<String> streams) throws IOException {
    Map<String, Long> ends = new HashMap<>();
    if (!streams.isEmpty()) {
      last()
          .forEach(
              (stream, last) -> {
                if (streams.contains(stream)) {
                  ends.put(stream, last.end());
                }
              });
    }
    return ends;
  }

  /**
   * Shows the manifests of a day, or of {@link #ALL_DAYS}, one by one: there may be more than the
   * heap takes. In no order, and one may come several times.
   */
  void each(String day, LandingRecords.Visitor visitor) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        // First what another sink may be putting together just now, then what it makes of it.
        eachOfDirectories(day, visitor);
        eachOfLines(day, visitor);
        return;
      } catch (FileNotFoundException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void eachOfDirectories(String day, LandingRecords.Visitor visitor) throws IOException {
    for (FileStatus entry : hdfs.list(directory)) {
      if (entry.isDirectory() && entry.getPath().getName().startsWith(day)) {
        for (FileStatus file : hdfs.list(entry.getPath())) {
          if (file.getPath().getName().endsWith(Premises.MANIFEST)) {
            readIfThere(file.getPath(), visitor);
          }
        }
      }
    }
  }

  private void readIfThere(Path file, LandingRecords.Visitor visitor) throws IOException {
    try {
      read(file, visitor);
    } catch (FileNotFoundException e) {
      log.debug("{} is among the others of its day by now", file, e);
    }
  }

  private void eachOfLines(String day, LandingRecords.Visitor visitor) throws IOException {
    for (FileStatus entry : hdfs.list(directory)) {
      String name = entry.getPath().getName();
      if (entry.isFile() && name.startsWith(day) && name.endsWith(LINES)) {
        read(entry.getPath(), visitor);
      }
    }
  }

  private void read(Path file, LandingRecords.Visitor visitor) throws IOException {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(hdfs.read(file), UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        visitor.visit(ManifestFormat.parse(line, file));
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
