package io.flafka.tools.audit;

import java.util.ArrayList;
import java.util.List;

/** The first of many findings, and how many there are. */
final class Bounded<T> {
  private static final int NAMED = 100;

  private final List<T> first = new ArrayList<>();
  private long count;

  void add(T finding) {
    count++;
    if (first.size() < NAMED) {
      first.add(finding);
    }
  }

  boolean isFull() {
    return first.size() >= NAMED;
  }

  long count() {
    return count;
  }

  /** A hundred at most. */
  List<T> first() {
    return first;
  }
}
