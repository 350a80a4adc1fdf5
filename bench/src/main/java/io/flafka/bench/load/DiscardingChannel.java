package io.flafka.bench.load;

import io.flafka.config.Settings;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.channel.BasicChannelSemantics;
import org.apache.flume.channel.BasicTransactionSemantics;
import org.jspecify.annotations.Nullable;

/**
 * A channel that takes everything, tallies it and keeps nothing, so that what is measured is the
 * source alone. It says nothing of how large a transaction may be.
 *
 * <ul>
 *   <li>{@code tally}: the {@link TallyFile}; what is rolled back is not counted
 *   <li>{@code stamped}: whether the header {@code timestamp} is tallied, too; false
 * </ul>
 */
public final class DiscardingChannel extends BasicChannelSemantics {
  private boolean stamped;
  private @Nullable TallyFile file;

  @Override
  public void configure(Context context) {
    Settings settings = new Settings("channel " + getName(), context);
    String path = settings.required("tally", "a file");
    stamped = settings.flag("stamped", false);
    file = settings.complete(() -> TallyFile.open(Path.of(path)));
  }

  @Override
  protected BasicTransactionSemantics createTransaction() {
    return new Discarding(
        Objects.requireNonNull(file, "Flume configures before it opens a transaction"), stamped);
  }

  private static final class Discarding extends BasicTransactionSemantics {
    private final TallyFile file;
    private final boolean stamped;
    private final LineCounter counter = new LineCounter();

    Discarding(TallyFile file, boolean stamped) {
      this.file = file;
      this.stamped = stamped;
    }

    @Override
    protected void doPut(Event event) {
      if (stamped) {
        counter.add(event.getBody(), event.getHeaders().get("timestamp"));
      } else {
        counter.add(event.getBody());
      }
    }

    @Override
    protected @Nullable Event doTake() {
      return null;
    }

    @Override
    protected void doCommit() {
      file.add(counter.tally());
    }

    @Override
    protected void doRollback() {
      counter.clear();
    }
  }
}
