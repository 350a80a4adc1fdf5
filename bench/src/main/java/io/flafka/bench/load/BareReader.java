package io.flafka.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The least that a JVM can do to have the lines of files: what {@link LineReader} does.
 *
 * <p>{@code BareReader <folder> <tally file>}. The last thousand lines stay in memory, as those of
 * a batch do. It tallies lines and bytes and takes no fingerprints, which the channel behind a
 * source does. It lives on when it has read all, so that its time and memory can be read.
 */
public final class BareReader {
  private static final int BATCH = 1_000;

  private final TallyFile file;
  private final LineReader lines = new LineReader(this::add);
  private final byte[][] batch = new byte[BATCH][];
  private int size;
  private long bytes;

  BareReader(TallyFile file) {
    this.file = file;
  }

  /** Reads all files of the folder, in the order of their names. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BareReader reader = new BareReader(TallyFile.open(Path.of(arguments[1])));
    reader.readAll(Path.of(arguments[0]));
    new CountDownLatch(1).await();
  }

  void readAll(Path folder) throws IOException {
    for (Path path : files(folder)) {
      lines.read(path);
    }
    flush();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private void add(byte[] line) {
    batch[size++] = line;
    bytes += line.length;
    if (size == BATCH) {
      flush();
    }
  }

  private void flush() {
    file.add(new Tally(size, bytes, 0, 0, 0));
    size = 0;
    bytes = 0;
  }
}
