package io.flafka.kafka.produce;

import io.flafka.bench.jmh.PerEvent;
import io.flafka.bench.jmh.Weblog;
import io.flafka.delivery.PositionLedger;
import io.flafka.spooldir.read.FileEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.openjdk.jmh.annotations.Benchmark;

/** What exactly once adds to each event that is put: is it new, and how far is its stream then? */
public class LedgerBenchmark extends PerEvent {
  private final List<FileEvent> events = events();
  private final PositionLedger ledger = new Ledger();
  private final Batch batch = new Batch();

  @Benchmark
  public Map<String, Long> flafka() {
    LedgerCheck check = new LedgerCheck(ledger);
    batch.clear();
    for (FileEvent event : events) {
      if (check.isNew(event.position())) {
        batch.reached(event.position());
      }
    }
    return batch.positions();
  }

  private static List<FileEvent> events() {
    List<FileEvent> events = new ArrayList<>();
    long end = 0;
    for (byte[] line : Weblog.lines(EVENTS, Weblog.BUSY)) {
      end += line.length + 1;
      events.add(new FileEvent("a-file", end, line, Map.of()));
    }
    return events;
  }

  /** Has nothing of any stream. */
  private static final class Ledger implements PositionLedger {
    @Override
    public boolean keepsPositions() {
      return true;
    }

    @Override
    public OptionalLong committed(String stream) {
      return OptionalLong.empty();
    }

    @Override
    public void forget(String stream) {}
  }
}
