package io.flafka.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How all are measured: what an event takes of one thread, in nanoseconds, and with {@code -prof
 * gc} in bytes. A call of a benchmark goes through so many events, each with another line.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(PerEvent.EVENTS)
@Fork(value = 3, jvmArgsAppend = "-Dorg.slf4j.simpleLogger.defaultLogLevel=off")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class PerEvent {
  /** Enough of them that no branch is foretold by heart. */
  public static final int EVENTS = 4096;
}
