package io.flafka.hdfs.exactlyonce;

import io.flafka.delivery.LastCommit;
import io.flafka.delivery.Participant;
import io.flafka.delivery.Position;
import io.flafka.delivery.PositionedEvent;
import io.flafka.delivery.ReplayableChannel;
import io.flafka.delivery.Span;
import io.flafka.hdfs.faults.Faults;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.AbstractChannel;
import org.apache.flume.event.SimpleEvent;
import org.jspecify.annotations.Nullable;

/**
 * A member of a {@link FakeGroup}, which treats its participant as the Kafka channel does. It
 * belongs to the process that lives when it is made.
 */
final class FakeChannel extends AbstractChannel implements ReplayableChannel {
  /** What becomes of the next commit. */
  enum Answer {
    /** It is taken, and that is heard. */
    HEARD,
    /** It is taken, and the answer is lost. */
    LOST,
    /** It never arrives, and that isn't known. */
    NEVER_SENT,
    /** The process dies before it arrives. */
    DEAD_BEFORE,
    /** The process dies when it was taken. */
    DEAD_AFTER
  }

  private final FakeGroup group;
  private final Faults process;
  private final int life;
  private @Nullable Participant participant;
  private final Map<String, Long> from = new TreeMap<>();
  private final Map<String, Long> to = new HashMap<>();
  private @Nullable Attempt unresolved;
  private boolean unpublished;

  /** What becomes of the next commit; then all goes well again. */
  volatile Answer answer = Answer.HEARD;

  private volatile Runnable rebalance = () -> {};

  /** What happens before each event. */
  volatile Runnable beforeTake = () -> {};

  /** A commit whose outcome isn't known. */
  private record Attempt(Map<String, Span> taken, String note) {}

  FakeChannel(FakeGroup group, Faults process) {
    this.group = group;
    this.process = process;
    this.life = process.life();
    setName("fake");
  }

  @Override
  public boolean replays() {
    return true;
  }

  @Override
  public void enlist(Participant participant) {
    this.participant = participant;
  }

  @Override
  public void put(Event event) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable Event take() {
    process.live(life);
    beforeTake.run();
    Runnable rebalance = this.rebalance;
    this.rebalance = () -> {};
    rebalance.run();
    settle();
    for (String stream : from.keySet()) {
      long at = FakeGroup.offsetAt(to.getOrDefault(stream, from.get(stream)));
      Event event = group.at(stream, at);
      if (event != null) {
        to.put(stream, at + 1);
        return new Taken(event, new Position(stream, at + 1));
      }
    }
    return null;
  }

  private void settle() {
    Participant sink = participant();
    if (unpublished) {
      sink.publish();
      unpublished = false;
    }
    Attempt attempt = unresolved;
    if (attempt != null) {
      boolean applied =
          group.committed().values().stream()
              .anyMatch(commit -> commit.note().equals(Optional.of(attempt.note())));
      if (applied) {
        unresolved = null;
        unpublished = true;
        sink.publish();
        unpublished = false;
      } else {
        sink.discard();
        unresolved = null;
      }
      from.clear();
      to.clear();
    }
    follow();
  }

  /** Follows what the group says is ours. */
  private void follow() {
    Participant sink = participant();
    List<String> ours = group.of(this);
    if (!ours.containsAll(from.keySet())) {
      sink.discard();
      from.keySet().retainAll(ours);
      to.clear();
    }
    Set<String> added = new HashSet<>(ours);
    added.removeAll(from.keySet());
    if (added.isEmpty()) {
      return;
    }
    Map<String, LastCommit> commits = new HashMap<>(group.committed());
    commits.keySet().retainAll(added);
    Map<String, Long> positions = new HashMap<>();
    added.forEach(stream -> positions.put(stream, 0L));
    commits.forEach((stream, commit) -> positions.put(stream, commit.offset()));
    positions.putAll(sink.recover(added, commits, () -> confirm(added)));
    from.putAll(positions);
  }

  private void confirm(Set<String> streams) {
    if (!group.of(this).containsAll(streams)) {
      throw new ChannelException("not all of " + streams + " are this member's any more");
    }
  }

  /**
   * At the next take, gives a stream away as a rebalance does: what was taken is committed first.
   */
  void giveAway(String stream, FakeChannel other) {
    rebalance =
        () -> {
          commit();
          from.remove(stream);
          to.remove(stream);
          group.give(stream, other);
        };
  }

  private void commit() {
    process.live(life);
    Map<String, Span> taken = new HashMap<>();
    to.forEach((stream, end) -> taken.put(stream, new Span(from.getOrDefault(stream, 0L), end)));
    if (taken.isEmpty()) {
      return;
    }
    Participant sink = participant();
    String note = sink.prepare(Map.copyOf(taken));
    send(taken, note);
    from.putAll(to);
    to.clear();
    unpublished = true;
    try {
      sink.publish();
      unpublished = false;
    } catch (RuntimeException e) {
      process.live(life);
    }
  }

  private void send(Map<String, Span> taken, String note) {
    Answer now = answer;
    answer = Answer.HEARD;
    if (now == Answer.DEAD_BEFORE) {
      process.kill();
    }
    process.live(life);
    boolean applied = now != Answer.NEVER_SENT && group.commit(this, taken, note);
    if (now == Answer.DEAD_AFTER) {
      process.kill();
    }
    process.live(life);
    if (!applied || now == Answer.LOST) {
      unresolved = new Attempt(taken, note);
      throw new ChannelException("the commit failed");
    }
  }

  private void rollBack() {
    process.live(life);
    if (unresolved == null && !unpublished) {
      participant().discard();
      to.clear();
    }
  }

  private Participant participant() {
    Participant sink = participant;
    if (sink == null) {
      throw new IllegalStateException("nobody is enlisted");
    }
    return sink;
  }

  @Override
  public Transaction getTransaction() {
    return new Transaction() {
      @Override
      public void begin() {}

      @Override
      public void commit() {
        FakeChannel.this.commit();
      }

      @Override
      public void rollback() {
        rollBack();
      }

      @Override
      public void close() {}
    };
  }

  /** An event of a topic. */
  private static final class Taken extends SimpleEvent implements PositionedEvent {
    private final Position position;

    Taken(Event event, Position position) {
      setBody(event.getBody());
      setHeaders(event.getHeaders());
      this.position = position;
    }

    @Override
    public Position position() {
      return position;
    }
  }
}
