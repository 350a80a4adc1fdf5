package io.flafka.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.hdfs.faults.Faults.Call;
import io.flafka.hdfs.faults.Faults.How;
import io.flafka.testbed.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HdfsSinkFaultsTest {
  @TempDir Path folder;

  static Stream<Arguments> everyCall() {
    List<Arguments> all = new ArrayList<>();
    for (Call call : Call.values()) {
      for (How how : How.values()) {
        boolean answers = call == Call.RENAME || call == Call.DELETE;
        if (how == How.SILENT || (how == How.FALSE && !answers)) {
          continue;
        }
        for (int n = 1; n <= 10; n++) {
          all.add(Arguments.of(call, how, n, n % 3 == 1 ? 3 : 1));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void losesNothingWhicheverCallFails(Call call, How how, int n, int times) throws Exception {
    try (Rig rig =
        new Rig(folder, "hdfs.rollCount", "7", "hdfs.maxOpenFiles", "2", "hdfs.retryInterval", "1")
            .start()) {
      rig.faults.fail(call, how, n, times, "");
      List<String> bodies = rig.putRange(0, 60, "a", "b", "c");
      rig.drain(20);
      rig.faults.heal();
      rig.drain(20);
      rig.now = rig.now.plusSeconds(10);
      rig.sink.stop();

      assertThat(rig.publishedLines()).containsAll(bodies);
      assertThat(rig.inUse()).isEmpty();
    }
  }

  @Test
  void losesNothingWhenACommitFailsThatWasApplied() throws Exception {
    try (Rig rig = new Rig(folder).start()) {
      rig.channel.failingCommits = 1;
      rig.channel.appliesFailingCommits = true;
      List<String> bodies = rig.putRange(0, 10, "a");
      assertThatThrownBy(rig::process).hasMessageContaining("failed to commit");
      rig.sink.stop();
      assertThat(rig.publishedLines()).containsExactlyElementsOf(bodies);
    }
  }

  @Test
  void deliversAgainWhenACommitFails() throws Exception {
    try (Rig rig = new Rig(folder).start()) {
      rig.channel.failingCommits = 1;
      List<String> bodies = rig.putRange(0, 10, "a");
      assertThatThrownBy(rig::process).isInstanceOf(EventDeliveryException.class);
      rig.process();
      rig.sink.stop();
      assertThat(rig.publishedLines()).hasSize(20).containsAll(bodies);
    }
  }

  @Test
  void makesNeitherFilesNorDuplicatesWhileAnErrorLasts() throws Exception {
    try (Rig rig = new Rig(folder).start()) {
      List<String> before = rig.putRange(0, 10, "a", "b");
      rig.process();
      rig.faults.fail(Call.FLUSH, How.BEFORE, 1, 1000, "/b/");
      List<String> after = rig.putRange(10, 20, "a", "b");
      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(rig::process).hasMessageContaining("can't flush");
      }
      assertThat(rig.files(any -> true)).hasSize(2);
      rig.faults.heal();
      rig.process();
      rig.sink.stop();
      assertThat(rig.publishedLines())
          .hasSizeLessThanOrEqualTo(30)
          .containsAll(before)
          .containsAll(after);
    }
  }

  @Test
  void namesAnUnwritableDirectoryAndSparesTheOthers() throws Exception {
    try (Rig rig = new Rig(folder).start()) {
      rig.faults.fail(Call.CREATE, How.BEFORE, 1, 1000, "/b/");
      rig.putRange(0, 10, "a", "b");
      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(rig::process)
            .hasMessageContaining(rig.folder + "/b")
            .hasMessageContaining("hdfs.path")
            .hasMessageContaining("10 events stay in the channel");
      }
      assertThat(rig.files(any -> true)).hasSize(1);
      assertThat(Files.size(rig.inUse().get(0))).isZero();
    }
  }

  @Test
  void failsTheTransactionWhenClosingAFileInItsMiddleFails() throws Exception {
    try (Rig rig = new Rig(folder, "hdfs.rollCount", "4").start()) {
      rig.faults.fail(Call.CLOSE, 1, 1);
      List<String> bodies = rig.putRange(0, 10, "a");
      assertThatThrownBy(rig::process).hasMessageContaining("can't close");
      assertThat(rig.channel.isEmpty()).isFalse();
      rig.process();
      rig.sink.stop();
      assertThat(rig.publishedLines()).containsExactlyElementsOf(bodies);
    }
  }

  @Test
  void triesToPublishAgainWithoutTouchingOtherFiles() throws Exception {
    try (Rig rig = new Rig(folder, "hdfs.rollCount", "10", "hdfs.retryInterval", "60").start()) {
      rig.faults.fail(Call.RENAME, How.FALSE, 1, 1, "");
      rig.putRange(0, 10, "a");
      assertThatThrownBy(rig::process)
          .hasMessageContaining("can't rename")
          .hasMessageContaining("hdfs.retryInterval");
      rig.putRange(10, 20, "a");
      assertThat(rig.process()).isEqualTo(Status.READY);
      assertThat(rig.published()).hasSize(1);
      rig.now = rig.now.plusSeconds(60);
      rig.process();
      assertThat(rig.published()).hasSize(2);
      assertThat(rig.inUse()).isEmpty();
    }
  }

  @Test
  void givesUpAfterCloseTriesAndKeepsTheContent() throws Exception {
    try (Rig rig =
        new Rig(folder, "hdfs.rollCount", "10", "hdfs.closeTries", "2", "hdfs.retryInterval", "60")
            .start()) {
      rig.faults.fail(Call.RENAME, 1, 1000);
      List<String> bodies = rig.putRange(0, 10, "a");
      assertThatThrownBy(rig::process).hasMessageContaining("can't rename");
      rig.now = rig.now.plusSeconds(60);
      assertThatThrownBy(rig::process).hasMessageContaining("given up after 2 tries");
      rig.now = rig.now.plusSeconds(60);
      rig.process();
      assertThat(Rig.lines(rig.inUse())).containsExactlyElementsOf(bodies);
    }
  }

  @Test
  void anInterruptDoesNotCutAStep() throws Exception {
    try (Rig rig = new Rig(folder).start()) {
      List<String> bodies = rig.putRange(0, 50, "a");
      Thread.currentThread().interrupt();
      rig.process();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(rig.channel.isEmpty()).isTrue();
      rig.sink.stop();
      assertThat(rig.publishedLines()).containsExactlyElementsOf(bodies);
    }
  }

  @Test
  void aHungCallHoldsUpNeitherProcessNorStopAndIsNotRepeated() throws Exception {
    try (Rig rig = new Rig(folder, "hdfs.callTimeout", "300").start()) {
      List<String> bodies = rig.putRange(0, 10, "a");
      CountDownLatch gate = rig.faults.hang();
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(rig::process)
            .hasMessageContaining("has answered for 300 ms (hdfs.callTimeout)");
      }
      gate.countDown();
      assertThat(rig.process()).isEqualTo(Status.READY);
      assertThat(Rig.lines(rig.inUse())).containsExactlyElementsOf(bodies);

      bodies.addAll(rig.putRange(10, 20, "a"));
      CountDownLatch second = rig.faults.hang();
      assertThatThrownBy(rig::process).isInstanceOf(EventDeliveryException.class);
      long start = System.nanoTime();
      rig.sink.stop();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      second.countDown();
      // The interrupt ended the call: the transaction failed, and what was committed has landed.
      Await.until("the lander ends", Duration.ofSeconds(10), () -> landers() == 0);
      assertThat(rig.publishedLines()).containsAll(bodies.subList(0, 10));
      assertThat(rig.channel.isEmpty()).isFalse();
    }
  }

  @Test
  void publishesNothingThatTheCrewStillWorksOn() throws Exception {
    try (Rig rig = new Rig(folder, "hdfs.callTimeout", "500").start()) {
      List<String> committed = rig.putRange(0, 10, "a", "b");
      rig.process();
      rig.putRange(10, 20, "a", "b");
      CountDownLatch gate = rig.faults.hang();
      assertThatThrownBy(rig::process).isInstanceOf(EventDeliveryException.class);

      rig.sink.stop();

      assertThat(rig.published()).isEmpty();
      gate.countDown();
      Await.until("the lander ends", Duration.ofSeconds(10), () -> landers() == 0);
      assertThat(rig.publishedLines()).containsAll(committed);
      assertThat(rig.inUse()).isEmpty();
    }
  }

  private static long landers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("k1-lander"))
        .count();
  }
}
