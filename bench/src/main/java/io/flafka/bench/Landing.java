package io.flafka.bench;

import io.flafka.bench.load.Tally;
import io.flafka.testbed.JavaProcess;

/**
 * The landing of a topic.
 *
 * @param group what the subject reads it as
 * @param folder what it lands in
 * @param lines what is in the topic
 */
record Landing(
    LandSubject subject,
    Topics topics,
    String group,
    JavaProcess process,
    LandedFolder folder,
    Tally lines)
    implements SteadyTrial {

  @Override
  public long events() {
    return lines.lines() / subject.landedAs().unit();
  }

  @Override
  public long arrived() {
    long arrived =
        subject.lander().isSeenByOffsets() ? topics.offsets().committed(group) : inFiles();
    return arrived / subject.landedAs().unit();
  }

  /** How many lines are in finished files, as if all were of the same length. */
  private long inFiles() {
    long bytes = lines.bytes() + lines.lines(); // Each has an end.
    return lines.lines() * folder.finishedBytes() / bytes;
  }

  @Override
  public boolean isFinished() {
    return arrived() >= events();
  }

  @Override
  public void check() {
    process.terminate(Bench.STOP_LIMIT);
    LandedAs form = subject.landedAs();
    form.visible(lines).requireOnce(form.tally(folder));
    if (subject.lander() != Lander.STOCK) {
      folder.requireNoneInUse();
    }
  }

  @Override
  public long written() {
    return folder.bytes();
  }

  @Override
  public void close() {
    process.terminate(Bench.STOP_LIMIT);
    folder.delete();
  }
}
