package io.flafka.hdfs.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.delivery.LastCommit;
import io.flafka.hdfs.exactlyonce.FakeChannel.Answer;
import io.flafka.hdfs.exactlyonce.LandingRescue.Action;
import io.flafka.hdfs.exactlyonce.LandingRescue.Left;
import io.flafka.hdfs.faults.Faults.Call;
import io.flafka.hdfs.faults.Faults.How;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.login.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done for sinks that don't come back is what the next one would do. */
class LandingRescueTest {
  private static final Set<String> STREAMS = Set.of(Scene.ONE, Scene.TWO);

  @TempDir Path folder;

  /** Whose streams they are beyond doubt. */
  private static void sure() {}

  /** Asked by somebody who owns some streams. */
  private static List<Action> look(Scene scene, Set<String> streams) throws IOException {
    Map<String, LastCommit> commits = new HashMap<>(scene.group.committed());
    commits.keySet().retainAll(streams);
    try (HdfsClient hdfs = open(scene);
        LandingRescue rescue = rescue(scene, hdfs)) {
      return rescue.look(streams, commits).stream().map(Left::action).toList();
    }
  }

  /** What is said is done, and only then is anything changed. */
  private static void rescue(Scene scene, Action... actions) throws IOException {
    List<Path> before = scene.files("");
    assertThat(look(scene, STREAMS)).containsExactlyInAnyOrder(actions);
    assertThat(scene.files("")).isEqualTo(before);
    try (HdfsClient hdfs = open(scene);
        LandingRescue rescue = rescue(scene, hdfs)) {
      rescue.recover(STREAMS, scene.group.committed(), LandingRescueTest::sure);
    }
    assertThat(look(scene, STREAMS)).isEmpty();
    assertThat(scene.files("_flafka/runs")).isEmpty();
  }

  private static HdfsClient open(Scene scene) throws IOException {
    return HdfsClient.open(base(scene), true, Login.OF_PROCESS);
  }

  private static LandingRescue rescue(Scene scene, HdfsClient hdfs) {
    return new LandingRescue("rescue", hdfs, base(scene), InstantSource.system());
  }

  private static org.apache.hadoop.fs.Path base(Scene scene) {
    return new org.apache.hadoop.fs.Path("faulty://" + scene.name + scene.root + "/_flafka");
  }

  private Scene scene(String... keys) {
    Scene scene = new Scene(folder, keys);
    scene.put(20);
    return scene;
  }

  /** An agent commits, and gets no further than the rename with that number, from 1 on. */
  private static void dieBeforeRename(Scene scene, int rename) {
    Scene.Agent agent = scene.agent();
    scene.faults.fail(Call.RENAME, How.BEFORE, rename, 1000, "");
    agent.process(2);
    scene.faults.kill();
    scene.faults.heal();
    agent.stop();
  }

  @Test
  void publishesWhatIsCommitted() throws Exception {
    Scene scene = scene();
    dieBeforeRename(scene, 2);
    rescue(scene, Action.PUBLISH);
    assertThat(scene.lines()).isNotEmpty().doesNotHaveDuplicates();
    scene.finish();
    scene.assertLanded();
  }

  @Test
  void publishesWhatIsCommittedThoughItsRunWasMovedAwayAsDead() throws Exception {
    Scene scene = scene();
    dieBeforeRename(scene, 2);
    Path runs = scene.root.resolve("_flafka/runs");
    Path cleared = Files.createDirectories(scene.root.resolve("_flafka/cleared"));
    try (Stream<Path> all = Files.list(runs)) {
      for (Path run : all.toList()) {
        Files.move(run, cleared.resolve(run.getFileName()));
      }
    }
    rescue(scene, Action.PUBLISH);
    scene.finish();
    scene.assertLanded();
  }

  @Test
  void deletesWhatWasPreparedAndNotCommitted() throws Exception {
    Scene scene = scene();
    Scene.Agent agent = scene.agent();
    agent.channel.answer = Answer.DEAD_BEFORE;
    assertThatThrownBy(agent.sink::process).isNotNull();
    agent.stop();
    rescue(scene, Action.ABORT);
    assertThat(scene.lines()).isEmpty();
    scene.finish();
    scene.assertLanded();
  }

  @Test
  void deletesWhatWasNotFinished() throws Exception {
    Scene scene = scene("hdfs.rollCount", "100");
    Scene.Agent agent = scene.agent();
    agent.process(1);
    scene.faults.kill();
    agent.stop();
    rescue(scene, Action.CLEAR);
    scene.finish();
    scene.assertLanded();
  }

  @Test
  void finishesAPublicationThatHadBegunOfAGroupThatHasExpired() throws Exception {
    Scene scene = scene();
    dieBeforeRename(scene, 2);
    scene.group.reset(Scene.ONE, null);
    scene.group.reset(Scene.TWO, null);
    rescue(scene, Action.PUBLISH);
    scene.put(10);
    scene.finish();
    scene.assertLanded();
  }

  @Test
  void saysThatAPublicationThatHadNotBegunOfAGroupThatHasExpiredComesAgain() throws Exception {
    Scene scene = scene();
    dieBeforeRename(scene, 1);
    scene.group.reset(Scene.ONE, null);
    scene.group.reset(Scene.TWO, null);
    rescue(scene, Action.ABORT);
    scene.finish();
    scene.assertLanded();
  }

  @Test
  void leavesWhatOnlyOthersCanTell() throws Exception {
    Scene scene = scene();
    dieBeforeRename(scene, 1);
    List<Path> before = scene.files("");
    Set<String> others = Set.of("others/weblogs-0@id");
    assertThat(look(scene, others)).containsExactly(Action.LIVE);
    try (HdfsClient hdfs = open(scene);
        LandingRescue rescue = rescue(scene, hdfs)) {
      rescue.recover(others, Map.of(), LandingRescueTest::sure);
      InstantSource later = () -> Instant.now().plus(Run.SILENCE).plusSeconds(1);
      try (LandingRescue then = new LandingRescue("later", hdfs, base(scene), later)) {
        assertThat(then.look(others, Map.of()))
            .extracting(Left::action)
            .containsExactly(Action.LEAVE);
        then.recover(others, Map.of(), LandingRescueTest::sure);
      }
    }
    assertThat(scene.files("")).isEqualTo(before);
  }

  @Test
  void aRunThatIsAliveIsNothingThatWasLeft() throws Exception {
    Scene scene = scene("hdfs.rollCount", "100");
    Scene.Agent agent = scene.agent();
    agent.process(1);
    assertThat(look(scene, Set.of())).containsExactly(Action.LIVE);
    agent.stop();
    assertThat(look(scene, Set.of())).isEmpty();
  }

  @Test
  void aCommittedManifestThatIsGoneIsTold() throws Exception {
    Scene scene = scene();
    dieBeforeRename(scene, 1);
    Files.delete(scene.manifests().get(0));
    assertThatThrownBy(() -> look(scene, STREAMS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("neither there nor in the history");
  }

  /** An owner that was asleep since it looked at the group, and was given up for dead meanwhile. */
  private static void recoverLate(Scene scene, Map<String, LastCommit> commits, Runnable confirm)
      throws IOException {
    try (HdfsClient hdfs = open(scene);
        LandingRescue rescue = rescue(scene, hdfs)) {
      rescue.recover(STREAMS, commits, confirm);
    }
  }

  private static Map<String, LastCommit> landOnce(Scene scene) {
    Scene.Agent agent = scene.agent();
    agent.process(2);
    agent.stop();
    Map<String, LastCommit> commits = Map.copyOf(scene.group.committed());
    assertThat(commits.keySet()).isEqualTo(STREAMS);
    scene.put(20);
    return commits;
  }

  @Test
  void whoSleptWhileALaterOwnerCommittedDeletesNothing() throws Exception {
    Scene scene = scene();
    Map<String, LastCommit> commits = landOnce(scene);
    dieBeforeRename(scene, 1);
    List<Path> before = scene.files("");
    assertThatThrownBy(
            () ->
                recoverLate(
                    scene,
                    commits,
                    () -> {
                      throw new IllegalStateException("another member's");
                    }))
        .hasMessage("another member's");
    assertThat(scene.files("")).isEqualTo(before);
    scene.finish();
    scene.assertLanded();
  }

  @Test
  void whatALaterOwnerPreparesAfterTheLookIsNotTouched() throws Exception {
    Scene scene = scene();
    Map<String, LastCommit> commits = landOnce(scene);
    Scene.Agent dead = scene.agent();
    dead.channel.answer = Answer.DEAD_BEFORE;
    assertThatThrownBy(dead.sink::process).isNotNull();
    dead.stop();
    recoverLate(
        scene,
        commits,
        () -> {
          Scene.Agent next = scene.agent();
          scene.faults.fail(Call.RENAME, How.BEFORE, 1, 1000, "");
          next.process(2);
          scene.faults.heal();
        });
    scene.finish();
    scene.assertLanded();
  }
}
