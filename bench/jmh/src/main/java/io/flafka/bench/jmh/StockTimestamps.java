package io.flafka.bench.jmh;

import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.interceptor.Interceptor;
import org.apache.flume.interceptor.RegexExtractorInterceptor;
import org.apache.flume.interceptor.RegexExtractorInterceptorMillisSerializer;

/** How a time comes into a header with stock Flume, as the end-to-end benchmark has it. */
public final class StockTimestamps {
  private static final String PATTERN = "dd/MMM/yyyy:HH:mm:ss Z";

  private StockTimestamps() {}

  /** Finds the stamp of a line, and puts its time into the header. */
  public static Interceptor interceptor() {
    RegexExtractorInterceptor.Builder builder = new RegexExtractorInterceptor.Builder();
    builder.configure(
        new Context(
            Map.of(
                "regex",
                "\\[(\\d{2}/\\w{3}/\\d{4}:\\d{2}:\\d{2}:\\d{2} [+-]\\d{4})\\]",
                "serializers",
                "s1",
                "serializers.s1.type",
                RegexExtractorInterceptorMillisSerializer.class.getName(),
                "serializers.s1.name",
                Weblog.TIMESTAMP,
                "serializers.s1.pattern",
                PATTERN)));
    Interceptor interceptor = builder.build();
    interceptor.initialize();
    return interceptor;
  }

  /** Reads the time of a stamp without its brackets. */
  public static RegexExtractorInterceptorMillisSerializer serializer() {
    RegexExtractorInterceptorMillisSerializer serializer =
        new RegexExtractorInterceptorMillisSerializer();
    serializer.configure(new Context(Map.of("pattern", PATTERN)));
    return serializer;
  }
}
