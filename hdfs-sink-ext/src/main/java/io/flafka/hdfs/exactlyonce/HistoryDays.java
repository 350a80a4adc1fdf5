package io.flafka.hdfs.exactlyonce;

import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.file.Sync;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Keeps a history small: the manifests of a day that is over become one file, and after some days
 * all but each stream's last one are dropped, since that is what a committed offset may still name.
 *
 * <p>What is written is in its place before what it stands for is deleted. So several sinks may do
 * this at a time, and die at it: a manifest may be there twice, and is never gone.
 */
final class HistoryDays {
  private static final String UNFINISHED = "_unfinished-";

  private final HdfsClient hdfs;
  private final History history;
  private final Path directory;
  private final int days;

  /**
   * @param days how many to keep, today not counted
   */
  HistoryDays(HdfsClient hdfs, Premises premises, History history, int days) {
    this.hdfs = hdfs;
    this.history = history;
    this.directory = premises.history();
    this.days = days;
  }

  /** Puts past days together, and drops those that are too old. */
  void tidy(LocalDate today) throws IOException {
    Map<String, List<FileStatus>> byDay = new TreeMap<>();
    for (FileStatus entry : hdfs.list(directory)) {
      if (entry.getPath().getName().startsWith(UNFINISHED)) {
        dropOld(entry, today);
      }
      History.dayOf(entry)
          .ifPresent(day -> byDay.computeIfAbsent(day, unseen -> new ArrayList<>()).add(entry));
    }
    Set<String> last = null;
    for (Map.Entry<String, List<FileStatus>> day : byDay.entrySet()) {
      LocalDate date = LocalDate.parse(day.getKey());
      if (date.isBefore(today.minusDays(days))) {
        last = last == null ? lastOfEachStream() : last;
        keepOnly(last, day.getKey(), day.getValue());
      } else if (date.isBefore(today)
          && day.getValue().stream().anyMatch(FileStatus::isDirectory)) {
        putTogether(day.getKey(), day.getValue());
      }
    }
  }

  private void dropOld(FileStatus unfinished, LocalDate today) throws IOException {
    LocalDate written = LocalDate.ofEpochDay(unfinished.getModificationTime() / 86_400_000);
    if (written.isBefore(today.minusDays(1))) {
      hdfs.delete(unfinished.getPath());
    }
  }

  private Set<String> lastOfEachStream() throws IOException {
    Set<String> last = new HashSet<>();
    history.last().values().forEach(manifest -> last.add(manifest.id()));
    return last;
  }

  private void keepOnly(Set<String> last, String day, List<FileStatus> entries) throws IOException {
    List<Path> old = files(entries);
    Set<String> all = history.ids(day);
    Set<String> kept = new HashSet<>(all);
    kept.retainAll(last);
    if (kept.size() < all.size() || old.size() > 1) {
      replace(day, old, kept, entries);
    }
  }

  private void putTogether(String day, List<FileStatus> entries) throws IOException {
    List<Path> old = files(entries);
    replace(day, old, history.ids(day), entries);
  }

  /**
   * @param old what was listed before the manifests were read, so that none is missing
   */
  private void replace(String day, List<Path> old, Set<String> kept, List<FileStatus> entries)
      throws IOException {
    if (!kept.isEmpty()) {
      write(day, kept);
    }
    for (Path file : old) {
      hdfs.delete(file);
    }
    for (FileStatus entry : entries) {
      // One that another sink has filled again meanwhile stays until tomorrow.
      if (entry.isDirectory() && hdfs.list(entry.getPath()).isEmpty()) {
        hdfs.delete(entry.getPath());
      }
    }
  }

  private List<Path> files(List<FileStatus> entries) throws IOException {
    List<Path> files = new ArrayList<>();
    for (FileStatus entry : entries) {
      if (entry.isDirectory()) {
        hdfs.list(entry.getPath()).forEach(file -> files.add(file.getPath()));
      } else {
        files.add(entry.getPath());
      }
    }
    return files;
  }

  private void write(String day, Set<String> ids) throws IOException {
    String name =
        day + "-" + HexFormat.of().toHexDigits(new SecureRandom().nextInt()) + History.LINES;
    Path unfinished = new Path(directory, UNFINISHED + name);
    try (FSDataOutputStream output = hdfs.create(unfinished, Sync.HSYNC)) {
      Set<String> missing = new HashSet<>(ids);
      history.each(
          day,
          manifest -> {
            if (missing.remove(manifest.id())) {
              output.write(ManifestFormat.line(manifest));
            }
          });
      Sync.HSYNC.apply(output);
    }
    hdfs.rename(unfinished, new Path(directory, name));
  }
}
