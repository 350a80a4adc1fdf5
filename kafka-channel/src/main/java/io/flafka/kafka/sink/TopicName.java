package io.flafka.kafka.sink;

import io.flafka.delivery.RefusedEventException;
import io.flafka.kafka.produce.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import org.apache.flume.Event;
import org.apache.flume.formatter.output.BucketPath;
import org.jspecify.annotations.Nullable;

/**
 * Which topic an event goes to: the one that its header names, or the configured one, in which
 * escapes ({@code %{header}}, {@code %Y} and so on) are replaced as in stock Flume's paths. They
 * are found once. For any thread.
 */
final class TopicName implements Destination {
  private static final int LONGEST = 249;

  private final @Nullable String header;
  private final String template;
  private final List<Part> parts = new ArrayList<>();

  /**
   * @param header the event header that overrides the topic; null if none may, and then the
   *     template is a name, whatever is in it
   */
  TopicName(@Nullable String header, String template) {
    this.header = header;
    this.template = template;
    if (header != null && BucketPath.tagPattern.matcher(template).find()) {
      split();
    }
  }

  private interface Part {
    String of(Map<String, String> headers);
  }

  /** None if a time is needed and the event has none, or what comes out is no topic's name. */
  @Override
  public String of(Event event) {
    String override = header == null ? null : event.getHeaders().get(header);
    if (override == null && parts.isEmpty()) {
      return template;
    }
    String name = override == null ? filled(event) : override;
    if (!isTopic(name)) {
      throw new RefusedEventException(
          "An event is meant for topic \""
              + name
              + "\", and no topic can be called so: correct "
              + (override == null ? "kafka.topic = " + template : "the event's header " + header),
          event);
    }
    return name;
  }

  /** As Kafka says ({@code org.apache.kafka.common.internals.Topic} of kafka-clients 4.3.1). */
  private static boolean isTopic(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().allMatch(TopicName::isInTopics);
  }

  private static boolean isInTopics(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }

  @Override
  public Optional<String> fixed() {
    return parts.isEmpty() ? Optional.of(template) : Optional.empty();
  }

  private String filled(Event event) {
    StringBuilder name = new StringBuilder();
    try {
      parts.forEach(part -> name.append(part.of(event.getHeaders())));
    } catch (RuntimeException e) {
      throw new RefusedEventException(
          "kafka.topic = "
              + template
              + " needs an event's time, but its header timestamp = "
              + event.getHeaders().get("timestamp")
              + " is none: have an interceptor set it, in milliseconds since 1970",
          event);
    }
    return name.toString();
  }

  /** As it is configured. */
  @Override
  public String toString() {
    return template;
  }

  private void split() {
    Matcher escapes = BucketPath.tagPattern.matcher(template);
    int end = 0;
    while (escapes.find()) {
      String before = template.substring(end, escapes.start());
      parts.add(headers -> before);
      parts.add(part(escapes.group()));
      end = escapes.end();
    }
    String rest = template.substring(end);
    parts.add(headers -> rest);
  }

  private static Part part(String escape) {
    if (escape.startsWith("%{")) {
      String name = escape.substring(2, escape.length() - 1);
      return headers -> Objects.requireNonNullElse(headers.get(name), "");
    }
    if (escape.startsWith("%[")) {
      String host = BucketPath.escapeString(escape, Map.of());
      return headers -> host;
    }
    return headers -> BucketPath.escapeString(escape, headers);
  }
}
