package io.flafka.delivery;

import io.flafka.config.Settings;
import java.util.Locale;

/** What a component promises of every event that it accepts. */
public enum Guarantee {
  /** Nothing is lost; what is in doubt after a crash comes again. */
  AT_LEAST_ONCE,

  /** Nothing is lost and nothing is doubled. */
  EXACTLY_ONCE;

  /** The key that asks for it, the same in every component. */
  public static final String KEY = "delivery.guarantee";

  /** What a component's configuration asks for; at least once, as in stock Flume, if nothing. */
  public static Guarantee of(Settings settings) {
    return settings.choice(KEY, AT_LEAST_ONCE);
  }

  /** As the key takes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
