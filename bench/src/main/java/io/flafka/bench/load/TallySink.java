package io.flafka.bench.load;

import io.flafka.config.Settings;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.conf.Configurable;
import org.apache.flume.sink.AbstractSink;
import org.jspecify.annotations.Nullable;

/**
 * Takes from a channel as Flume's null sink does, and tallies what it took.
 *
 * <ul>
 *   <li>{@code tally}: the {@link TallyFile}
 *   <li>{@code batchSize}: events a transaction, 1,000
 * </ul>
 */
public final class TallySink extends AbstractSink implements Configurable {
  private final LineCounter counter = new LineCounter();
  private int batchSize;
  private @Nullable TallyFile file;

  @Override
  public void configure(Context context) {
    Settings settings = new Settings("sink " + getName(), context);
    String path = settings.required("tally", "a file");
    int size = settings.integer("batchSize", 1_000, 1);
    file = settings.complete(() -> TallyFile.open(Path.of(path)));
    batchSize = size;
  }

  @Override
  public Status process() {
    Channel channel = getChannel();
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    try {
      int taken = take(channel);
      transaction.commit();
      Objects.requireNonNull(file, "Flume configures before it takes").add(counter.tally());
      return taken < batchSize ? Status.BACKOFF : Status.READY;
    } catch (RuntimeException e) {
      transaction.rollback();
      throw e;
    } finally {
      counter.clear();
      transaction.close();
    }
  }

  private int take(Channel channel) {
    int taken = 0;
    for (Event event = null; taken < batchSize; taken++) {
      event = channel.take();
      if (event == null) {
        break;
      }
      counter.add(event.getBody());
    }
    return taken;
  }
}
