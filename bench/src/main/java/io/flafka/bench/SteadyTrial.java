package io.flafka.bench;

/** A trial of which events arrive all the time, until all have. */
interface SteadyTrial extends Trial {
  /** How many events it has to do. */
  long events();

  /** How many events have arrived, as it is seen from outside. */
  long arrived();

  /** Whether it has nothing left to do. */
  boolean isFinished();

  @Override
  default Outcome.Measured measure() {
    return new Watch(this).untilFinished();
  }
}
