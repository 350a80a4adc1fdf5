package io.flafka.hdfs.bucket;

import java.text.SimpleDateFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of a {@link Template}. */
sealed interface Part {
  /**
   * What stands in this place for an event.
   *
   * @param moment null if the event has no usable timestamp
   * @throws UnresolvedEscape if the event lacks what this needs
   */
  String text(@Nullable Moment moment, Map<String, String> headers) throws UnresolvedEscape;

  /** The span of time, in milliseconds from the epoch, over which the text stays the same. */
  default long grain() {
    return Long.MAX_VALUE;
  }

  /** The same for every event. */
  record Literal(String value) implements Part {
    @Override
    public String text(@Nullable Moment moment, Map<String, String> headers) {
      return value;
    }
  }

  /** {@code %{name}}. */
  record Header(String name) implements Part {
    @Override
    public String text(@Nullable Moment moment, Map<String, String> headers)
        throws UnresolvedEscape {
      String value = headers.get(name);
      if (value == null) {
        throw new UnresolvedEscape("has no header '" + name + "' for %{" + name + "}");
      }
      return value;
    }
  }

  /**
   * A field of the date. It holds what stock Flume formats dates with, so that it gives the same
   * bytes; that makes it a thing for one thread.
   */
  record Date(char letter, SimpleDateFormat format, long grain) implements Part {
    @Override
    public String text(@Nullable Moment moment, Map<String, String> headers)
        throws UnresolvedEscape {
      return format.format(needed(moment, letter).millis());
    }
  }

  /** {@code %s}: seconds since the epoch. */
  record EpochSeconds() implements Part {
    @Override
    public String text(@Nullable Moment moment, Map<String, String> headers)
        throws UnresolvedEscape {
      return Long.toString(needed(moment, 's').millis() / 1000);
    }

    @Override
    public long grain() {
      return 1000;
    }
  }

  /** {@code %t}: the timestamp header as it came. */
  record RawTimestamp() implements Part {
    @Override
    public String text(@Nullable Moment moment, Map<String, String> headers)
        throws UnresolvedEscape {
      return needed(moment, 't').raw();
    }

    @Override
    public long grain() {
      return 1;
    }
  }

  private static Moment needed(@Nullable Moment moment, char letter) throws UnresolvedEscape {
    if (moment == null) {
      throw new UnresolvedEscape(
          "has no timestamp header, or one that is no number, for %" + letter);
    }
    return moment;
  }
}
