package io.flafka.spooldir;

import io.flafka.delivery.Position;
import io.flafka.delivery.RefusedEventException;
import io.flafka.spooldir.read.FileEvent;
import io.flafka.spooldir.retire.RefusedEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.flume.Event;

/**
 * Events for one channel transaction, and the parts of files that they are. It may have no events:
 * then files end that had none left. Filled by one thread, then handed to another.
 */
final class Batch {
  /** What an event takes beside its body, more or less, bytes. */
  private static final int OVERHEAD = 100;

  private final List<FileEvent> events = new ArrayList<>();
  private final List<Segment> segments = new ArrayList<>();
  private final BitSet refused = new BitSet();
  private long bytes;

  /** Those before it are in the channels, or refused. */
  private int accepted;

  void add(FileEvent event) {
    events.add(event);
    bytes += event.getBody().length + OVERHEAD;
  }

  void add(Segment segment) {
    segments.add(segment);
  }

  /** The events to put, these very ones: for the first time only. */
  List<Event> firstAttempt() {
    return new ArrayList<>(events);
  }

  /** The next events to put, copies of what was read, so many at most. */
  List<Event> attempt(int most) {
    List<Event> attempt = new ArrayList<>(Math.min(most, events.size() - accepted));
    for (int i = accepted; i < events.size() && attempt.size() < most; i++) {
      if (!refused.get(i)) {
        attempt.add(events.get(i).asRead());
      }
    }
    return attempt;
  }

  /** The channels have taken so many more. */
  void accept(int count) {
    for (int left = count; left > 0; accepted++) {
      left -= refused.get(accepted) ? 0 : 1;
    }
  }

  /** Which of its events is at a position; -1 if none is. */
  int indexOf(Position position) {
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).position().equals(position)) {
        return i;
      }
    }
    return -1;
  }

  /** What there is to keep of an event that a channel refused. */
  RefusedEvent describe(int index, RefusedEventException refusal) {
    FileEvent event = events.get(index);
    Position end = event.position();
    Segment segment = segment(end.stream());
    Position before = index == 0 ? null : events.get(index - 1).position();
    return new RefusedEvent(
        segment.file().path(),
        end.stream(),
        before != null && before.stream().equals(end.stream()) ? before.offset() : segment.start(),
        end.offset(),
        String.valueOf(refusal.getMessage()));
  }

  private Segment segment(String stream) {
    for (Segment segment : segments) {
      if (segment.file().begun().stream().equals(stream)) {
        return segment;
      }
    }
    throw new IllegalArgumentException("stream " + stream + " is of no file in this batch");
  }

  /** What an event was when it was read. */
  byte[] body(int index) {
    return events.get(index).asRead().getBody();
  }

  /** Whether any event was left out. */
  boolean hasRefused() {
    return !refused.isEmpty();
  }

  /** Leaves an event out of further attempts. */
  void refuse(int index) {
    refused.set(index);
  }

  List<Segment> segments() {
    return segments;
  }

  /** How many events it has, refused ones aside. */
  int size() {
    return events.size() - refused.cardinality();
  }

  /** What it takes in memory, more or less. */
  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return segments.isEmpty();
  }
}
