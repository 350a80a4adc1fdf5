package io.flafka.bench;

import java.util.List;
import java.util.Optional;

/** One thing that a scenario measures; equal subjects are the same one. */
interface Subject {
  /** What {@code --subjects} is matched with, for example {@code stock-raw-1000}. */
  String name();

  /** What would install it; empty where nothing is missing. */
  default Optional<String> missing() {
    return Optional.empty();
  }

  /** Its first cells in the table, under the {@link Layout}'s headings. */
  List<String> cells();
}
