package io.flafka.bench;

import io.flafka.bench.load.LineCounter;
import io.flafka.bench.load.LineReader;
import io.flafka.bench.load.Tally;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * What a sink has landed in a folder, as those see it who pass over names that begin with an
 * underscore or a dot.
 */
record LandedFolder(FileSystem hdfs, Path path) {
  /** The lines of its files. */
  Tally tally() {
    LineCounter counter = new LineCounter();
    LineReader reader = new LineReader(counter::add);
    try {
      for (FileStatus file : files(path)) {
        read(file.getPath(), reader);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + path, e);
    }
    return counter.tally();
  }

  /** How many rows its files have, which are Parquet's. */
  long rows() {
    long rows = 0;
    try {
      for (FileStatus file : files(path)) {
        rows += rows(file.getPath());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + path, e);
    }
    return rows;
  }

  /** The files that are there for good; none where there is no folder yet. */
  List<Path> finished() {
    return files().stream().filter(file -> !isInUse(file)).map(FileStatus::getPath).toList();
  }

  /** How long they are. */
  long finishedBytes() {
    return files().stream().filter(file -> !isInUse(file)).mapToLong(FileStatus::getLen).sum();
  }

  /** How long all are that lie in it, also those that nobody is to see. */
  long bytes() {
    try {
      return hdfs.getContentSummary(path).getLength();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read the size of " + path, e);
    }
  }

  /** How many files have a name that says that they are in use. */
  long inUse() {
    return files().stream().filter(LandedFolder::isInUse).count();
  }

  /**
   * Asserts that no file has such a name.
   *
   * @throws IllegalStateException if one has
   */
  void requireNoneInUse() {
    long left = inUse();
    if (left > 0) {
      throw new IllegalStateException("it left %d files in use".formatted(left));
    }
  }

  /** By Flume's suffix, and that of Hadoop's own command. */
  private static boolean isInUse(FileStatus file) {
    String name = file.getPath().getName();
    return name.endsWith(".tmp") || name.endsWith("._COPYING_");
  }

  private List<FileStatus> files() {
    try {
      return files(path);
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't list " + path, e);
    }
  }

  private List<FileStatus> files(Path folder) throws IOException {
    List<FileStatus> files = new ArrayList<>();
    for (FileStatus entry : hdfs.listStatus(folder)) {
      String name = entry.getPath().getName();
      if (name.startsWith("_") || name.startsWith(".")) {
        continue;
      }
      if (entry.isDirectory()) {
        files.addAll(files(entry.getPath()));
      } else {
        files.add(entry);
      }
    }
    return files;
  }

  /** Hands on the lines of a file. */
  void read(Path file, Consumer<byte[]> lines) {
    try {
      read(file, new LineReader(lines));
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + file, e);
    }
  }

  private void read(Path file, LineReader reader) throws IOException {
    try (InputStream in = hdfs.open(file)) {
      boolean compressed = file.getName().endsWith(".gz");
      reader.read(Channels.newChannel(compressed ? new GZIPInputStream(in, 1 << 16) : in));
    }
  }

  private long rows(Path file) throws IOException {
    HadoopInputFile input = HadoopInputFile.fromPath(file, hdfs.getConf());
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      return reader.getRecordCount();
    }
  }

  /** Makes it, for those who don't. */
  void create() {
    try {
      hdfs.mkdirs(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't make " + path, e);
    }
  }

  void delete() {
    try {
      hdfs.delete(path, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't delete " + path, e);
    }
  }
}
