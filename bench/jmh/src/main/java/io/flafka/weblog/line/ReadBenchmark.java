package io.flafka.weblog.line;

import io.flafka.bench.jmh.PerEvent;
import io.flafka.bench.jmh.Weblog;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** A line into its time, and some of its fields; stock Flume reads no lines. */
public class ReadBenchmark extends PerEvent {
  private static final Set<Field> FIELDS = EnumSet.of(Field.HOST, Field.PATH, Field.STATUS);

  private final LineReader any = LineFormat.ANY.reader(Set.of());
  private final LineReader combined = LineFormat.parse("combined").reader(Set.of());
  private final LineReader withFields = LineFormat.parse("combined").reader(FIELDS);

  /** How many lines have the same stamp. */
  @Param({"1", "20"})
  public int perSecond;

  private List<byte[]> lines;

  @Setup
  public void make() {
    lines = Weblog.lines(EVENTS, perSecond);
  }

  @Benchmark
  public void any(Blackhole blackhole) {
    read(any, blackhole);
  }

  @Benchmark
  public void combined(Blackhole blackhole) {
    read(combined, blackhole);
  }

  @Benchmark
  public void combinedWithFields(Blackhole blackhole) {
    for (byte[] line : lines) {
      blackhole.consume(withFields.read(line));
      blackhole.consume(withFields.timestamp());
      for (Field field : FIELDS) {
        blackhole.consume(withFields.text(field));
      }
    }
  }

  private void read(LineReader reader, Blackhole blackhole) {
    for (byte[] line : lines) {
      blackhole.consume(reader.read(line));
      blackhole.consume(reader.timestamp());
    }
  }
}
