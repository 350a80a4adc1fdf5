package io.flafka.weblog.line;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lines with a stamp somewhere, of which the first counts. */
record AnyFormat() implements LineFormat {
  @Override
  public Set<Field> fields() {
    return Set.of();
  }

  @Override
  public LineReader reader(Set<Field> wanted) {
    return new Reader();
  }

  private static final class Reader implements LineReader {
    private final Stamps stamps = new Stamps();
    private @Nullable String timestamp;

    @Override
    public @Nullable Misfit read(byte[] line) {
      timestamp = null;
      for (int i = 0; i <= line.length - Stamp.LENGTH && timestamp == null; i++) {
        if (line[i] == '[') {
          timestamp = stamps.at(line, i);
        }
      }
      if (timestamp != null) {
        return null;
      }
      return line.length == 0 ? Misfit.EMPTY : Misfit.TIME;
    }

    @Override
    public @Nullable String timestamp() {
      return timestamp;
    }

    @Override
    public @Nullable String text(Field field) {
      return null;
    }

    @Override
    public boolean find(Field field, Slice slice) {
      return false;
    }

    @Override
    public boolean tellsAll() {
      return false;
    }
  }
}
