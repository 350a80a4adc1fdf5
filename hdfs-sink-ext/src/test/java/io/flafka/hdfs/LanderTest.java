package io.flafka.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flume.Sink.Status;
import org.junit.jupiter.api.Test;

class LanderTest {
  /** One that takes for as long as there are events, and here there always are. */
  @Test
  void aStepThatNeverRunsOutOfEventsIsToldToEndAndNotTakenForOneThatHangs() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    Duration patience = Duration.ofMillis(100);
    Lander lander = new Lander("k1", patience.toMillis(), () -> 0, 60_000, told::countDown);

    assertThat(lander.step(() -> told.await(10, TimeUnit.SECONDS) ? Status.READY : Status.BACKOFF))
        .isEqualTo(Status.READY);

    lander.stop(() -> {});
  }
}
