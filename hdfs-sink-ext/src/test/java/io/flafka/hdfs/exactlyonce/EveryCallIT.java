package io.flafka.hdfs.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.hdfs.faults.Faults.Call;
import io.flafka.hdfs.faults.Faults.How;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens at whichever call to the file system, each line lands once. */
class EveryCallIT {
  private static final int EVENTS = 40;

  @TempDir Path folder;

  private Scene scene(int number) throws IOException {
    return new Scene(Files.createDirectories(folder.resolve("scene-" + number)));
  }

  /** A life from start to stop, over what a killed one left. */
  private static void live(Scene scene) {
    Scene.Agent agent = scene.agent();
    agent.process(6);
    agent.stop();
  }

  private int callsOfALife() throws IOException {
    Scene scene = scene(0);
    killEarly(scene);
    scene.put(EVENTS);
    scene.faults.afterCall(Integer.MAX_VALUE, () -> {});
    live(scene);
    scene.assertLanded();
    return scene.faults.calls();
  }

  /**
   * An agent that dies with three files open, so that its successor has to clear away. It has not
   * begun to do things side by side, so what it leaves is the same each time.
   */
  private static void killEarly(Scene scene) {
    scene.put(6);
    kill(scene, 25);
  }

  private static void kill(Scene scene, int call) {
    scene.faults.afterCall(call, scene.faults::kill);
    live(scene);
    assertThat(scene.faults.calls()).as("it died there").isGreaterThanOrEqualTo(call);
  }

  @TestFactory
  Stream<DynamicTest> killedThere() throws IOException {
    return IntStream.rangeClosed(1, callsOfALife())
        .mapToObj(
            call ->
                DynamicTest.dynamicTest(
                    "call " + call,
                    () -> {
                      Scene scene = scene(call);
                      killEarly(scene);
                      scene.put(EVENTS);
                      kill(scene, call);
                      scene.put(EVENTS);
                      scene.finish();
                      assertThat(scene.files("_flafka/runs"))
                          .as("nothing but who it was, where it died at saying so")
                          .allMatch(file -> file.getFileName().toString().startsWith("owner-0-"));
                      scene.pass(Run.SILENCE.multipliedBy(2));
                      scene.put(EVENTS);
                      scene.finish();
                      scene.assertLanded();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> pausedThereAndTakenForDead() throws IOException {
    return IntStream.rangeClosed(1, callsOfALife())
        .mapToObj(call -> DynamicTest.dynamicTest("call " + call, () -> pauseAt(call)));
  }

  private void pauseAt(int call) throws Exception {
    Scene scene = scene(1000 + call);
    killEarly(scene);
    scene.put(EVENTS);
    CountDownLatch there = new CountDownLatch(1);
    CountDownLatch awake = new CountDownLatch(1);
    scene.faults.afterCall(
        call,
        () -> {
          there.countDown();
          awaitUninterrupted(awake);
        });
    ExecutorService flume = Executors.newSingleThreadExecutor();
    try {
      Scene.Agent zombie = scene.agent();
      Future<?> stopped =
          flume.submit(
              () -> {
                zombie.process(6);
                zombie.stop();
              });
      assertThat(there.await(10, TimeUnit.SECONDS)).isTrue();

      scene.put(EVENTS);
      Scene.Agent successor = scene.agent();
      successor.process(5);
      List<Path> landed = scene.published();

      awake.countDown();
      stopped.get(10, TimeUnit.SECONDS);
      assertThat(scene.published()).as("the zombie published").isEqualTo(landed);
      successor.stop();
    } finally {
      awake.countDown();
      flume.shutdownNow();
    }
    scene.finish();
    scene.assertLanded();
  }

  /** Flume stops sinks by interrupting them. */
  private static void awaitUninterrupted(CountDownLatch latch) {
    boolean interrupted = true;
    while (interrupted) {
      try {
        latch.await();
        interrupted = false;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  static Stream<Arguments> everyFault() {
    List<Arguments> all = new ArrayList<>();
    for (Call call : Call.values()) {
      for (How how : How.values()) {
        boolean answers = call == Call.RENAME || call == Call.DELETE || call == Call.MKDIRS;
        boolean possible = how != How.SILENT && (how != How.FALSE || answers);
        for (int n = 1; n <= 12 && possible; n++) {
          all.add(Arguments.of(call, how, n, n % 3 == 1 ? 8 : 1));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("everyFault")
  void failedThere(Call call, How how, int n, int times) throws Exception {
    Scene scene = scene(0);
    killEarly(scene);
    scene.put(EVENTS);
    Scene.Agent agent = scene.agent();
    scene.faults.fail(call, how, n, times, "");
    agent.process(12);
    scene.faults.heal();
    agent.process(5);
    agent.stop();
    scene.assertLanded();
  }
}
