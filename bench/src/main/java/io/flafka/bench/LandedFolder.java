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
      for (Path file : files(path)) {
        read(file, reader);
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
      for (Path file : files(path)) {
        rows += rows(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + path, e);
    }
    return rows;
  }

  private List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (FileStatus entry : hdfs.listStatus(folder)) {
      Path path = entry.getPath();
      if (path.getName().startsWith("_") || path.getName().startsWith(".")) {
        continue;
      }
      if (entry.isDirectory()) {
        files.addAll(files(path));
      } else {
        files.add(path);
      }
    }
    return files;
  }

  /** The files that are there for good; none where there is no folder yet. */
  List<Path> finished() {
    try {
      return files(path).stream().filter(file -> !isInUse(file)).toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't list " + path, e);
    }
  }

  private static boolean isInUse(Path file) {
    return file.getName().endsWith(".tmp");
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

  /** How long those files are that nobody writes any more, by their names. */
  long finishedBytes() {
    long bytes = 0;
    try {
      for (FileStatus entry : hdfs.listStatus(path)) {
        String name = entry.getPath().getName();
        // Hadoop's own command gives a file its name when it is there.
        if (!name.startsWith(".") && !name.endsWith("._COPYING_")) {
          bytes += entry.getLen();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't list " + path, e);
    }
    return bytes;
  }

  /** How many files have a name that says that they are in use. */
  long inUse() {
    try {
      return files(path).stream().filter(LandedFolder::isInUse).count();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't list " + path, e);
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
