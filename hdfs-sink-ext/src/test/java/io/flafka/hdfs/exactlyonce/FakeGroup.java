package io.flafka.hdfs.exactlyonce;

import io.flafka.delivery.LastCommit;
import io.flafka.delivery.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/**
 * A topic and a consumer group, as far as a landing can tell: streams whose records have even
 * offsets only, one owner for each, and commits that are taken from owners alone.
 */
final class FakeGroup {
  private final Map<String, List<Event>> topic = new TreeMap<>();
  private final Map<String, LastCommit> committed = new TreeMap<>();
  private final Map<String, FakeChannel> owners = new HashMap<>();

  synchronized void add(String stream, Event event) {
    topic.computeIfAbsent(stream, unseen -> new ArrayList<>()).add(event);
  }

  /** The record at the first offset that is not before this one, if there is one. */
  synchronized @Nullable Event at(String stream, long offset) {
    List<Event> records = topic.getOrDefault(stream, List.of());
    int index = (int) ((offset + 1) / 2);
    return index < records.size() ? records.get(index) : null;
  }

  static long offsetAt(long offset) {
    return (offset + 1) / 2 * 2;
  }

  synchronized Map<String, LastCommit> committed() {
    return Map.copyOf(committed);
  }

  /** An operator resets a stream, or the group forgets it. */
  synchronized void reset(String stream, @Nullable Long offset) {
    if (offset == null) {
      committed.remove(stream);
    } else {
      committed.put(stream, new LastCommit(offset, Optional.empty()));
    }
  }

  /** All streams are this member's from now on; nobody else's commits are taken any more. */
  synchronized void giveAllTo(FakeChannel member) {
    topic.keySet().forEach(stream -> owners.put(stream, member));
  }

  synchronized void give(String stream, FakeChannel member) {
    owners.put(stream, member);
  }

  synchronized List<String> of(FakeChannel member) {
    return topic.keySet().stream().filter(stream -> owners.get(stream) == member).toList();
  }

  /** Whether the commit was taken. */
  synchronized boolean commit(FakeChannel member, Map<String, Span> taken, String note) {
    if (!taken.keySet().stream().allMatch(stream -> owners.get(stream) == member)) {
      return false;
    }
    taken.forEach(
        (stream, span) -> committed.put(stream, new LastCommit(span.to(), Optional.of(note))));
    return true;
  }

  /** Whether everything is committed. */
  synchronized boolean isDone() {
    return topic.keySet().stream()
        .allMatch(
            stream -> {
              LastCommit commit = committed.get(stream);
              return commit != null && at(stream, commit.offset()) == null;
            });
  }
}
