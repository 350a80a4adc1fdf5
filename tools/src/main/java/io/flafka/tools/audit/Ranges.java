package io.flafka.tools.audit;

import io.flafka.delivery.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A set of offsets, as ranges that neither touch nor overlap. Sixteen bytes for each, since a
 * partition may have as many as there are manifests; adding at the end, which is the rule, costs
 * nothing.
 */
final class Ranges {
  private long[] from = new long[16];
  private long[] to = new long[16];
  private int size;

  /** Adds a span, and returns what of it was there already. */
  List<Span> add(Span span) {
    if (span.from() == span.to()) {
      return List.of();
    }
    int first = firstEndingAt(span.from());
    int next = first;
    List<Span> twice = new ArrayList<>();
    while (next < size && from[next] <= span.to()) {
      long begin = Math.max(from[next], span.from());
      long end = Math.min(to[next], span.to());
      if (begin < end) {
        twice.add(new Span(begin, end));
      }
      next++;
    }
    replace(first, next, span);
    return twice;
  }

  /** The index of the first range that ends there or behind; the size if there is none. */
  private int firstEndingAt(long offset) {
    if (size == 0 || to[size - 1] < offset) {
      return size;
    }
    int found = Arrays.binarySearch(to, 0, size, offset);
    return found >= 0 ? found : -found - 1;
  }

  /** Puts a span in the place of some ranges, which it touches, and makes one of all. */
  private void replace(int first, int next, Span span) {
    long begin = first < next ? Math.min(from[first], span.from()) : span.from();
    long end = first < next ? Math.max(to[next - 1], span.to()) : span.to();
    int grown = size - (next - first) + 1;
    if (grown > from.length) {
      from = Arrays.copyOf(from, 2 * from.length);
      to = Arrays.copyOf(to, 2 * to.length);
    }
    System.arraycopy(from, next, from, first + 1, size - next);
    System.arraycopy(to, next, to, first + 1, size - next);
    from[first] = begin;
    to[first] = end;
    size = grown;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The least offset; 0 if there is none. */
  long first() {
    return size == 0 ? 0 : from[0];
  }

  /** Just past the greatest offset; 0 if there is none. */
  long end() {
    return size == 0 ? 0 : to[size - 1];
  }

  /** All of them, in their order. */
  List<Span> all() {
    List<Span> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      all.add(new Span(from[i], to[i]));
    }
    return all;
  }

  /** What is missing between two offsets, in its order. */
  List<Span> holes(long begin, long end) {
    List<Span> holes = new ArrayList<>();
    long at = begin;
    for (int i = firstEndingAt(begin); i < size && from[i] < end; i++) {
      if (at < from[i]) {
        holes.add(new Span(at, from[i]));
      }
      at = Math.max(at, to[i]);
    }
    if (at < end) {
      holes.add(new Span(at, end));
    }
    return holes;
  }
}
