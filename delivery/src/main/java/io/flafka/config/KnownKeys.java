package io.flafka.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The keys that a component asked for; tells strangers from them, and what they resemble. */
final class KnownKeys {
  /** What Flume itself reads from a component's keys. */
  private static final List<String> FLUMES_OWN =
      List.of("type", "channel", "channels", "interceptors");

  private static final List<String> FLUMES_OWN_PREFIXES = List.of("selector.", "interceptors.");

  private final Set<String> keys = new TreeSet<>(FLUMES_OWN);
  private final List<String> prefixes = new ArrayList<>(FLUMES_OWN_PREFIXES);

  void add(String key) {
    keys.add(key);
  }

  void addPrefix(String prefix) {
    prefixes.add(prefix);
  }

  /** The keys that nobody asked for, each with the nearest known one, if any is near. */
  Optional<String> strangers(Collection<String> given) {
    String strangers =
        given.stream()
            .filter(key -> !keys.contains(key) && prefixes.stream().noneMatch(key::startsWith))
            .map(key -> nearest(key).map(near -> key + " (did you mean " + near + "?)").orElse(key))
            .collect(Collectors.joining(", "));
    return strangers.isEmpty() ? Optional.empty() : Optional.of(strangers);
  }

  private Optional<String> nearest(String stranger) {
    return keys.stream()
        .filter(key -> !FLUMES_OWN.contains(key))
        .filter(key -> resembles(stranger, key))
        .min(Comparator.comparingInt(key -> distance(stranger, key)));
  }

  private static boolean resembles(String stranger, String key) {
    String longer = key.length() > stranger.length() ? key : stranger;
    String shorter = longer.equals(key) ? stranger : key;
    return longer.toLowerCase(Locale.ROOT).endsWith("." + shorter.toLowerCase(Locale.ROOT))
        || distance(stranger, key) <= Math.max(2, stranger.length() / 4);
  }

  /** Levenshtein's edit distance, blind to case. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitute =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1))
                ? 0
                : 1;
        int cheapest = Math.min(diagonal + substitute, Math.min(row[j], row[j - 1]) + 1);
        diagonal = row[j];
        row[j] = cheapest;
      }
    }
    return row[b.length()];
  }
}
