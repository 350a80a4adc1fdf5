package io.flafka.bench;

import java.util.List;

/** One thing that a scenario measures; equal subjects are the same one. */
interface Subject {
  /** What {@code --subjects} is matched with, for example {@code stock-raw-1000}. */
  String name();

  /** Its first cells in the table, under the {@link Layout}'s headings. */
  List<String> cells();
}
