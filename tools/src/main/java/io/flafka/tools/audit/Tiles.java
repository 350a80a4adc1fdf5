package io.flafka.tools.audit;

import io.flafka.delivery.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of one partition, laid side by side. Spans that adjoin are one from then on, so
 * that a million manifests take no more than the holes between them.
 *
 * <p>What begins at the committed offset or behind it isn't in the way: it may be newer than the
 * group's answer.
 */
final class Tiles {
  private final @Nullable Long committed;
  private final Ranges taken = new Ranges();
  private final Ranges beyond = new Ranges();
  private final Bounded<Report.Piece> overlaps = new Bounded<>();
  private final List<Report.Piece> pending = new ArrayList<>();
  private final List<Report.Piece> staged = new ArrayList<>();
  private long earlierEnd = -1;

  /**
   * @param committed the offset that the group has committed; null if it has none
   */
  Tiles(@Nullable Long committed) {
    this.committed = committed;
  }

  /** Lays a span of a manifest whose files are published. */
  void published(Span span, String manifest) {
    lay(span, manifest);
  }

  /** Lays a span that is committed, and whose files are not all published. */
  void pending(Span span, String manifest) {
    lay(span, manifest);
    pending.add(new Report.Piece(span.from(), span.to(), manifest));
  }

  /** Notes a span that is not committed. */
  void staged(Span span, String manifest) {
    staged.add(new Report.Piece(span.from(), span.to(), manifest));
  }

  /** Notes a span of a day that isn't looked at; of these the last one counts. */
  void earlier(Span span) {
    earlierEnd = span.to();
  }

  private void lay(Span span, String manifest) {
    long limit = committed == null ? Long.MAX_VALUE : committed;
    if (span.from() < limit) {
      Span inside = new Span(span.from(), Math.min(span.to(), limit));
      for (Span twice : taken.add(inside)) {
        overlaps.add(new Report.Piece(twice.from(), twice.to(), manifest));
      }
    }
    if (span.to() > limit) {
      beyond.add(new Span(Math.max(span.from(), limit), span.to()));
    }
  }

  /** Whether anything is on record. */
  boolean isEmpty() {
    return taken.isEmpty() && beyond.isEmpty() && staged.isEmpty() && earlierEnd < 0;
  }

  Ranges taken() {
    return taken;
  }

  Bounded<Report.Piece> overlaps() {
    return overlaps;
  }

  List<Report.Piece> pending() {
    return pending;
  }

  List<Report.Piece> staged() {
    return staged;
  }

  /**
   * What has landed and lies past the offset that the group has now.
   *
   * @param now what it has committed; null if it has nothing
   */
  List<Span> beyond(@Nullable Long now) {
    long known = now == null ? 0 : now;
    return beyond.all().stream()
        .filter(span -> span.to() > known)
        .map(span -> new Span(Math.max(span.from(), known), span.to()))
        .toList();
  }

  /**
   * Where the tiles must begin.
   *
   * @param everything whether all days are looked at; if not, it is where the first one does, or
   *     where the last one before those days ended
   */
  long beginning(boolean everything) {
    if (everything) {
      return 0;
    }
    return taken.isEmpty() ? Math.max(0, earlierEnd) : taken.first();
  }

  /** Where the tiles must end. */
  long end() {
    return committed == null ? taken.end() : committed;
  }
}
