package io.flafka.spooldir.stock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.interceptor.Interceptor;

/**
 * An interceptor that gets in the way: to the line {@code grow} it appends to the file that is
 * read, which {@code fileHeader} must name; and it fails once, at the event number {@code failAt}.
 */
public final class Meddler implements Interceptor {
  private int left;

  private Meddler(int failAt) {
    this.left = failAt;
  }

  /** What the configuration names. */
  public static final class Builder implements Interceptor.Builder {
    private int failAt;

    @Override
    public Interceptor build() {
      return new Meddler(failAt);
    }

    @Override
    public void configure(Context context) {
      failAt = context.getInteger("failAt", 0);
    }
  }

  @Override
  public Event intercept(Event event) {
    if (--left == 0) {
      throw new IllegalStateException("told to fail");
    }
    if (new String(event.getBody(), UTF_8).equals("grow")) {
      append(Path.of(event.getHeaders().get("file")));
    }
    return event;
  }

  private static void append(Path file) {
    try {
      Files.writeString(file, "more\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Event> intercept(List<Event> events) {
    events.forEach(this::intercept);
    return events;
  }

  @Override
  public void initialize() {}

  @Override
  public void close() {}
}
