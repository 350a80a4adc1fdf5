package io.flafka.bench;

import java.util.Map;
import java.util.TreeMap;

/** How events get the time of their line as their header {@code timestamp}. */
enum EventTime {
  NONE,
  /** Flume's own way. */
  REGEX,
  /** Our interceptor with {@code format = any}. */
  ANY,
  /** Our interceptor with {@code format = combined}. */
  COMBINED;

  /** The keys of the source that make it so. */
  Map<String, String> keys() {
    Map<String, String> keys = new TreeMap<>();
    interceptor().forEach((key, value) -> keys.put("interceptors.i1." + key, value));
    if (!keys.isEmpty()) {
      keys.put("interceptors", "i1");
    }
    return keys;
  }

  private Map<String, String> interceptor() {
    return switch (this) {
      case NONE -> Map.of();
      case REGEX ->
          Map.of(
              "type",
              "regex_extractor",
              // The file is a properties file, where a backslash is written twice.
              "regex",
              "\\\\[(\\\\d{2}/\\\\w{3}/\\\\d{4}:\\\\d{2}:\\\\d{2}:\\\\d{2} [+-]\\\\d{4})\\\\]",
              "serializers",
              "s1",
              "serializers.s1.type",
              "org.apache.flume.interceptor.RegexExtractorInterceptorMillisSerializer",
              "serializers.s1.name",
              "timestamp",
              "serializers.s1.pattern",
              "dd/MMM/yyyy:HH:mm:ss Z");
      case ANY -> Map.of("type", "io.flafka.WeblogInterceptor$Builder", "format", "any");
      case COMBINED -> Map.of("type", "io.flafka.WeblogInterceptor$Builder", "format", "combined");
    };
  }
}
