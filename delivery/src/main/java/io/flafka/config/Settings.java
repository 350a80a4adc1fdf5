package io.flafka.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.flume.Context;
import org.apache.flume.conf.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one component, as it reads them.
 *
 * <p>Reading never throws: a wrong or missing value is noted, and a stand-in is returned. {@link
 * #complete} then throws one {@link ConfigurationException} that names every wrong key, its value,
 * and what would be right; or it warns, once each, of deprecated keys, of keys without effect and
 * of unknown ones, and builds the configuration.
 *
 * <p>For one thread.
 */
public final class Settings {
  private static final Logger log = LoggerFactory.getLogger(Settings.class);

  private final String component;
  private final Map<String, String> values;
  private final KnownKeys known = new KnownKeys();
  // In their order, each once, however often a key is read.
  private final Set<String> problems = new LinkedHashSet<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * Opens a component's configuration for reading.
   *
   * @param component how the component is called in messages, for example {@code channel c1}
   */
  public Settings(String component, Context context) {
    this.component = component;
    this.values = new TreeMap<>(context.getParameters());
  }

  /** How the component is called in messages. */
  public String component() {
    return component;
  }

  /** Says that stock Flume calls {@code key} by a deprecated name, too. Call it before reading. */
  public Settings renamed(String old, String key) {
    known.add(old);
    String value = values.remove(old);
    if (value != null) {
      if (values.putIfAbsent(key, value) == null) {
        warnings.add(old + " is deprecated: use " + key);
      } else {
        warnings.add(old + " is deprecated and has no effect beside " + key);
      }
    }
    return this;
  }

  /** Accepts a key that no longer has anything to do. */
  public Settings withoutEffect(String key, String why) {
    known.add(key);
    if (values.containsKey(key)) {
      warnings.add(key + " has no effect: " + why);
    }
    return this;
  }

  /** Refuses a key, or one value of it, that this version can't honour. */
  public Settings refused(String key, String why) {
    known.add(key);
    if (values.containsKey(key)) {
      problem(key, why);
    }
    return this;
  }

  public boolean isSet(String key) {
    return values.containsKey(key);
  }

  public Optional<String> text(String key) {
    return Optional.ofNullable(value(key));
  }

  public String text(String key, String fallback) {
    return text(key).orElse(fallback);
  }

  /**
   * A value that must be there.
   *
   * @param expected what belongs there, for the message, for example {@code host:port[,host:port]}
   */
  public String required(String key, String expected) {
    String value = value(key);
    if (value == null) {
      problems.add(key + " is missing: it takes " + expected);
      return "";
    }
    return value;
  }

  public boolean flag(String key, boolean fallback) {
    return parsed(
        key,
        fallback,
        value ->
            switch (value.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException();
            },
        "true or false");
  }

  public int integer(String key, int fallback, int least) {
    return (int) number(key, fallback, least, Integer.MAX_VALUE);
  }

  public long number(String key, long fallback, long least) {
    return number(key, fallback, least, Long.MAX_VALUE);
  }

  private long number(String key, long fallback, long least, long most) {
    return parsed(
        key,
        fallback,
        value -> {
          long number = Long.parseLong(value);
          if (number < least || number > most) {
            throw new IllegalArgumentException();
          }
          return number;
        },
        "a whole number of at least " + least);
  }

  /** One of an enum's names, in any case. */
  public <E extends Enum<E>> E choice(String key, E fallback) {
    E[] constants = fallback.getDeclaringClass().getEnumConstants();
    String names =
        Arrays.stream(constants)
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return parsed(
        key,
        fallback,
        value ->
            Arrays.stream(constants)
                .filter(constant -> constant.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new),
        "one of " + names);
  }

  /**
   * A value of any kind.
   *
   * @param parse throws {@link IllegalArgumentException} for a wrong value; its message, if any,
   *     says why
   * @param expected what belongs there, for the message
   */
  public <T> T parsed(String key, T fallback, Function<String, T> parse, String expected) {
    String value = value(key);
    if (value == null) {
      return fallback;
    }
    try {
      return parse.apply(value);
    } catch (IllegalArgumentException e) {
      // NumberFormatException repeats the value, which the message has already.
      boolean silent = e.getMessage() == null || e instanceof NumberFormatException;
      problem(key, "it takes " + expected + (silent ? "" : " (" + e.getMessage() + ")"));
      return fallback;
    }
  }

  /** All keys with a prefix, without it: the settings of a library that knows its own keys. */
  public Map<String, String> section(String prefix) {
    known.addPrefix(prefix);
    return startingWith(prefix);
  }

  /**
   * The same of a library of which it is known which keys it has.
   *
   * @param names its keys, without the prefix; others are unknown
   */
  public Map<String, String> section(String prefix, Collection<String> names) {
    names.forEach(name -> known.add(prefix + name));
    return startingWith(prefix);
  }

  private Map<String, String> startingWith(String prefix) {
    Map<String, String> section = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            section.put(key.substring(prefix.length()), value);
          }
        });
    return section;
  }

  /** Notes that a value is wrong for a reason that the other methods can't see. */
  public void problem(String key, String what) {
    String value = values.get(key);
    problems.add(key + (value == null ? " is missing: " : " = " + value + ": ") + what);
  }

  /** Adds a line to the warnings that {@link #complete} logs. */
  public void warning(String what) {
    warnings.add(what);
  }

  /**
   * Ends the reading.
   *
   * @throws ConfigurationException if any value is missing or wrong; the message names them all
   */
  public <T> T complete(Supplier<T> configuration) {
    Optional<String> strangers =
        known.strangers(values.keySet()).map(keys -> "unknown keys have no effect: " + keys);
    if (!problems.isEmpty()) {
      strangers.ifPresent(problems::add); // One of them may be what is missing.
      throw new ConfigurationException(component + ": " + String.join("; ", problems));
    }
    warnings.forEach(warning -> log.warn("{}: {}", component, warning));
    strangers.ifPresent(keys -> log.warn("{}: {}", component, keys));
    return configuration.get();
  }

  private @Nullable String value(String key) {
    known.add(key);
    return values.get(key);
  }
}
