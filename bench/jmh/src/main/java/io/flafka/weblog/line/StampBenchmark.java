package io.flafka.weblog.line;

import io.flafka.bench.jmh.PerEvent;
import io.flafka.bench.jmh.StockTimestamps;
import io.flafka.bench.jmh.Weblog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flume.interceptor.RegexExtractorInterceptorMillisSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.infra.Blackhole;

/** A stamp that was found, of each second another, into milliseconds; and into their text. */
public class StampBenchmark extends PerEvent {
  private final List<byte[]> lines = Weblog.lines(EVENTS, 1);
  private final int[] starts = lines.stream().mapToInt(StampBenchmark::start).toArray();
  private final List<String> texts =
      IntStream.range(0, EVENTS).mapToObj(i -> text(lines.get(i), starts[i])).toList();
  private final RegexExtractorInterceptorMillisSerializer serializer = StockTimestamps.serializer();

  /** The number alone. */
  @Benchmark
  public void number(Blackhole blackhole) {
    for (int i = 0; i < EVENTS; i++) {
      blackhole.consume(Stamp.read(lines.get(i), starts[i]));
    }
  }

  @Benchmark
  public void flafka(Blackhole blackhole) {
    Stamps stamps = new Stamps();
    for (int i = 0; i < EVENTS; i++) {
      blackhole.consume(stamps.at(lines.get(i), starts[i]));
    }
  }

  /** It gets the stamp as text, which its interceptor has cut out. */
  @Benchmark
  public void stock(Blackhole blackhole) {
    for (int i = 0; i < EVENTS; i++) {
      blackhole.consume(serializer.serialize(texts.get(i)));
    }
  }

  private static int start(byte[] line) {
    return new String(line, StandardCharsets.US_ASCII).indexOf('[');
  }

  private static String text(byte[] line, int start) {
    return new String(line, start + 1, Stamp.LENGTH - 2, StandardCharsets.US_ASCII);
  }
}
