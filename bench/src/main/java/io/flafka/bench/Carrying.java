package io.flafka.bench;

import io.flafka.bench.load.Tally;
import io.flafka.testbed.JavaProcess;

/** The way of files' lines through one agent into HDFS. */
record Carrying(WholeSubject subject, Flow flow, JavaProcess process, Tally expected)
    implements SteadyTrial {
  @Override
  public long events() {
    return expected.lines();
  }

  /** Kafka's own marks of transactions among them, a few in a million. */
  @Override
  public long arrived() {
    return Math.min(offsets().committed(flow.id()), events());
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
  public void close() {
    process.terminate(Bench.STOP_LIMIT);
    flow.close();
  }
}
