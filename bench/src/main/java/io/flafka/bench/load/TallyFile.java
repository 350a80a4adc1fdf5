package io.flafka.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A tally that one JVM counts up and another one looks at, in a file that both have in their
 * memory: a look takes nothing from the one that counts. A look while it counts may find some sums
 * ahead of others; the number of lines is never ahead of what was accepted.
 *
 * <p>For any number of threads.
 */
public final class TallyFile {
  private static final int VALUES = 5;

  private final MappedByteBuffer values;
  private Tally total;

  private TallyFile(MappedByteBuffer values) {
    this.values = values;
    this.total = read();
  }

  /** Opens it; where there is none, an empty one is made. */
  public static TallyFile open(Path file) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new TallyFile(
          channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) VALUES * Long.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException("Can't open " + file, e);
    }
  }

  /** Counts more. Only one JVM may. */
  public synchronized void add(Tally more) {
    total = total.plus(more);
    put(1, total.bytes());
    put(2, total.prints());
    put(3, total.stamped());
    put(4, total.stamps());
    put(0, total.lines());
  }

  /** How many lines were counted by now. */
  public long lines() {
    return get(0);
  }

  /** What was counted by now. */
  public Tally read() {
    return new Tally(get(0), get(1), get(2), get(3), get(4));
  }

  private void put(int index, long value) {
    values.putLong(index * Long.BYTES, value);
  }

  private long get(int index) {
    return values.getLong(index * Long.BYTES);
  }
}
