package io.flafka.bench;

import io.flafka.bench.load.Tally;
import io.flafka.testbed.JavaProcess;

/** The way of files' lines through one agent into HDFS. */
record Carrying(WholeSubject subject, Flow flow, JavaProcess process, Feed feed, Tally expected)
    implements SteadyTrial {
  /** This part of all lines is under way at most. */
  private static final int PART = 8;

  /** Twice the bytes of the files that are landed, and committed, together. */
  private static final long TWO_ROLLS = 400L << 20;

  /** Begins to feed an agent, which has a part of all lines to do at a time. */
  static Carrying steadily(WholeSubject subject, Flow flow, JavaProcess process, Weblogs input) {
    Tally all = input.tally();
    long part = all.lines() / PART;
    boolean byRolls = subject.contender() == Contender.EXACTLY_ONCE;
    long rolls = byRolls ? TWO_ROLLS * all.lines() / all.bytes() : 0;
    return fed(subject, flow, process, input, Math.max(part, rolls));
  }

  /** Gives an agent all lines at once. */
  static Carrying atOnce(WholeSubject subject, Flow flow, JavaProcess process, Weblogs input) {
    return fed(subject, flow, process, input, input.lines());
  }

  private static Carrying fed(
      WholeSubject subject, Flow flow, JavaProcess process, Weblogs input, long most) {
    Feed feed = new Feed(input, flow.spool().path(), most);
    return new Carrying(subject, flow, process, feed, input.tally().withoutStamps());
  }

  @Override
  public long events() {
    return expected.lines();
  }

  /**
   * Kafka's own marks of transactions among them, a few in a million. Whoever looks keeps the feed
   * going.
   */
  @Override
  public long arrived() {
    long arrived = Math.min(offsets().committed(flow.id()), events());
    feed.arrived(arrived);
    return arrived;
  }

  @Override
  public boolean isFinished() {
    if (arrived() < events() || (subject.spooler().retires() && flow.spool().waiting() > 0)) {
      return false;
    }
    // Of what is exactly once, the last thing in each partition is a mark, which nobody takes.
    int marks = subject.contender() == Contender.EXACTLY_ONCE ? Offsets.PARTITIONS : 0;
    return offsets().ends(flow.id()) - offsets().committed(flow.id()) <= marks;
  }

  private Offsets offsets() {
    return flow.topics().offsets();
  }

  @Override
  public void check() {
    process.terminate(Bench.STOP_LIMIT);
    LandedFolder landed = flow.landed();
    expected.requireOnce(landed.tally());
    if (!subject.isStock()) {
      landed.requireNoneInUse();
    }
  }

  @Override
  public long written() {
    return flow.topics().bytes(flow.id()) + flow.landed().bytes();
  }

  @Override
  public void close() {
    process.terminate(Bench.STOP_LIMIT);
    flow.close();
  }
}
