package io.flafka.kafka.consume;

import io.flafka.delivery.LastCommit;
import io.flafka.delivery.Participant;
import io.flafka.delivery.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What HDFS is to a sink: it outlives the sinks. For any thread. */
final class Storage {
  /** Durable, not visible: note to lines. */
  private final Map<String, List<String>> staged = new ConcurrentHashMap<>();

  private final List<String> published = new CopyOnWriteArrayList<>();
  private final Map<String, Long> history = new ConcurrentHashMap<>();

  List<String> published() {
    return published;
  }

  /** What is there and will never be visible. */
  Set<String> staged() {
    return staged.keySet();
  }

  /** As a landing's history says: stream to the offset to go on from. */
  void remember(String stream, long offset) {
    history.put(stream, offset);
  }

  private synchronized void publish(String note) {
    List<String> lines = staged.remove(note);
    if (lines != null) {
      published.addAll(lines);
    }
  }

  Sink sink() {
    return new Sink();
  }

  /** A sink that stages what it took and publishes it when it is told to. */
  final class Sink implements Participant {
    private final List<String> written = new ArrayList<>();
    private @Nullable String note;
    final List<Map<String, String>> recovered = new ArrayList<>();
    final List<Set<String>> forgotten = new ArrayList<>();
    final List<Map<String, Span>> prepared = new ArrayList<>();
    int discards;
    int publishFailures;
    @Nullable RuntimeException prepareFailure;
    int recoverFailures;

    void write(String line) {
      if (note != null) {
        throw new IllegalStateException("A line between prepare and publish");
      }
      written.add(line);
    }

    @Override
    public Map<String, Long> recover(
        Set<String> streams, Map<String, LastCommit> commits, Runnable confirm) {
      if (recoverFailures > 0) {
        recoverFailures--;
        throw new IllegalStateException("The storage is down");
      }
      Map<String, String> notes = new HashMap<>();
      commits.forEach((stream, last) -> last.note().ifPresent(note -> notes.put(stream, note)));
      recovered.add(notes);
      Set<String> forgotten = new HashSet<>(streams);
      forgotten.removeAll(commits.keySet());
      this.forgotten.add(forgotten);
      notes.values().forEach(Storage.this::publish);
      Map<String, Long> known = new HashMap<>(history);
      known.keySet().retainAll(forgotten);
      return known;
    }

    @Override
    public String prepare(Map<String, Span> taken) {
      RuntimeException failure = prepareFailure;
      if (failure != null) {
        prepareFailure = null;
        throw failure;
      }
      String known = note;
      if (known == null) {
        known = "hdfs://namenode/staging/" + UUID.randomUUID();
        note = known;
        staged.put(known, List.copyOf(written));
        prepared.add(Map.copyOf(taken));
      }
      return known;
    }

    @Override
    public void publish() {
      if (publishFailures > 0) {
        publishFailures--;
        throw new IllegalStateException("The storage is down");
      }
      String known = note;
      if (known != null) {
        Storage.this.publish(known);
      }
      written.clear();
      note = null;
    }

    @Override
    public void discard() {
      discards++;
      String known = note;
      if (known != null) {
        staged.remove(known);
      }
      written.clear();
      note = null;
    }
  }
}
