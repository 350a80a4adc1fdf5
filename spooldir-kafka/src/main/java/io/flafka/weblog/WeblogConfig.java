package io.flafka.weblog;

import io.flafka.config.Settings;

/**
 * What the user configured.
 *
 * @param preserveExisting whether a timestamp header that is there already stays
 */
record WeblogConfig(Unparsed unparsed, boolean preserveExisting) {
  static final WeblogConfig DEFAULT = new WeblogConfig(Unparsed.PASS, false);

  static WeblogConfig parse(Settings settings) {
    Unparsed unparsed = settings.choice("unparsed", DEFAULT.unparsed());
    boolean preserveExisting = settings.flag("preserveExisting", DEFAULT.preserveExisting());
    return settings.complete(() -> new WeblogConfig(unparsed, preserveExisting));
  }
}
