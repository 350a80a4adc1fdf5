package io.flafka.hdfs.exactlyonce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.delivery.LastCommit;
import io.flafka.hdfs.Rig;
import io.flafka.hdfs.exactlyonce.FakeChannel.Answer;
import io.flafka.hdfs.faults.Faults.Call;
import io.flafka.hdfs.faults.Faults.How;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The two phases, over all that can come between them. */
class ExactlyOnceTest {
  @TempDir Path folder;

  private Scene scene(String... keys) {
    return new Scene(folder, keys);
  }

  private static void assertSaysWhy(Scene.Agent agent, String... parts) {
    assertThatThrownBy(agent.sink::process)
        .isInstanceOf(EventDeliveryException.class)
        .hasMessageContainingAll(parts);
  }

  /** An agent commits, and then gets no further than the rename with that number, from 1 on. */
  private static void dieBeforeRename(Scene scene, int rename) {
    Scene.Agent agent = scene.agent();
    scene.faults.fail(Call.RENAME, How.BEFORE, rename, 1000, "");
    agent.process(2);
    scene.faults.kill();
    scene.faults.heal();
    agent.stop();
  }

  @Test
  void aFileWhoseTimeIsOverIsNotKeptByEventsThatTrickleIn() {
    Scene scene = scene("hdfs.rollCount", "0", "hdfs.rollInterval", "1");
    scene.put(999);
    Scene.Agent agent = scene.agent(Duration.ofMillis(1));
    agent.channel.beforeTake = () -> LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    while (scene.files("_flafka/runs").isEmpty()) {
      agent.process(1);
    }
    scene.pass(Duration.ofSeconds(2));
    agent.process(1);
    assertThat(scene.lines()).hasSizeBetween(1, 900);
    agent.stop();
  }

  @Test
  void aFileIsNotIdleWhileItsSinkIsBusyWithOthers() throws Exception {
    Scene scene = scene("hdfs.rollCount", "0", "hdfs.idleTimeout", "5");
    scene.put(20);
    Scene.Agent agent = scene.agent();
    agent.channel.beforeTake = () -> scene.pass(Duration.ofSeconds(1));
    agent.process(1);
    agent.process(1);
    assertThat(scene.published()).isEmpty();

    scene.pass(Duration.ofSeconds(5));
    agent.process(1);
    assertThat(scene.published()).hasSize(3);
    agent.stop();
  }

  @Test
  void nothingIsVisibleBeforeItIsCommitted() {
    Scene scene = scene("hdfs.rollCount", "100");
    scene.put(20);
    Scene.Agent agent = scene.agent();
    agent.process(3);
    assertThat(scene.published()).isEmpty();
    assertThat(scene.files("_flafka/runs")).hasSizeGreaterThan(2);
    assertThat(scene.group.committed()).isEmpty();
    agent.stop();
    assertThat(scene.lines()).hasSize(20);
  }

  @ParameterizedTest
  @EnumSource(Answer.class)
  void eachLineLandsOnceWhateverBecomesOfACommit(Answer answer) throws Exception {
    for (int commit = 0; commit < 4; commit++) {
      Scene scene = new Scene(Files.createDirectory(folder.resolve(answer + "-" + commit)));
      scene.put(40);
      Scene.Agent agent = scene.agent();
      agent.process(1);
      agent.channel.answer = answer;
      scene.put(40);
      agent.process(4);
      agent.stop();
      scene.put(9);
      scene.finish();
      scene.assertLanded();
    }
  }

  @Test
  void aCommitWhoseAnswerIsLostIsPublishedBeforeAnythingIsTaken() {
    Scene scene = scene();
    scene.put(40);
    Scene.Agent agent = scene.agent();
    agent.channel.answer = Answer.LOST;
    assertThat(agent.process()).isFalse();
    assertThat(scene.published()).isEmpty();
    assertThat(agent.process()).isTrue();
    assertThat(scene.lines()).doesNotHaveDuplicates();
    agent.stop();
    assertThat(scene.lines()).containsExactlyInAnyOrderElementsOf(scene.put);
  }

  @Test
  void aStreamThatGoesToAnotherAgentIsCommittedAndGoesOnThere() throws Exception {
    Scene scene = scene("hdfs.rollCount", "100");
    scene.put(20);
    Scene.Agent one = scene.agent();
    one.process(1);
    Scene.Agent two = scene.new Agent();
    one.channel.giveAway(Scene.TWO, two.channel);
    one.process(1);
    assertThat(scene.lines()).hasSize(20);
    scene.put(20);
    one.process(1);
    two.process(1);
    one.stop();
    two.stop();
    scene.assertLanded();
    assertThat(scene.history()).hasSize(3);
  }

  @Test
  void whatIsTakenOfALostStreamIsDiscardedAndTheRestComesAgain() throws Exception {
    Scene scene = scene("hdfs.rollCount", "100");
    scene.put(20);
    Scene.Agent one = scene.agent();
    one.process(1);
    Scene.Agent two = scene.new Agent();
    scene.group.give(Scene.TWO, two.channel);
    two.process(1);
    one.process(1);
    two.stop();
    one.stop();
    scene.assertLanded();
  }

  /** The one that is asked first takes the other for dead, since its streams are all gone. */
  @Test
  void agentsThatSwapTheirStreamsBothGoOn() throws Exception {
    Scene scene = scene("hdfs.rollCount", "100");
    scene.put(20);
    Scene.Agent one = scene.new Agent();
    Scene.Agent two = scene.new Agent();
    scene.group.give(Scene.ONE, one.channel);
    scene.group.give(Scene.TWO, two.channel);
    one.process(1);
    two.process(1);
    scene.group.give(Scene.ONE, two.channel);
    scene.group.give(Scene.TWO, one.channel);
    two.process(2);
    one.process(2);
    assertThat(one.process(5)).as("failures").isZero();
    scene.put(20);
    one.process(1);
    two.process(1);
    one.stop();
    two.stop();
    scene.assertLanded();
  }

  @Test
  void anExpiredGroupGoesOnWhereTheHistorySays() throws Exception {
    Scene scene = scene();
    scene.put(40);
    scene.finish();
    scene.group.reset(Scene.ONE, null);
    scene.group.reset(Scene.TWO, null);
    scene.put(10);
    scene.finish();
    scene.assertLanded();
  }

  /**
   * Killed after the commit and in the midst of its publication; nobody asks the group any more.
   */
  @Test
  void anExpiredGroupsPublicationThatHadBegunIsFinished() throws Exception {
    Scene scene = scene();
    scene.put(20);
    dieBeforeRename(scene, 2);
    assertThat(scene.published()).hasSize(1);
    scene.group.reset(Scene.ONE, null);
    scene.group.reset(Scene.TWO, null);
    scene.put(10);
    scene.finish();
    scene.assertLanded();
  }

  /** It was committed and not one file was published; or not committed: that is the same. */
  @Test
  void anExpiredGroupsPublicationThatHadNotBegunComesAgain() throws Exception {
    Scene scene = scene();
    scene.put(20);
    dieBeforeRename(scene, 1);
    assertThat(scene.published()).isEmpty();
    scene.group.reset(Scene.ONE, null);
    scene.group.reset(Scene.TWO, null);
    scene.finish();
    scene.assertLanded();
  }

  /** Nothing of what was committed comes again, and nobody but the manifest knows where it is. */
  @Test
  void aResetDropsNothingThatWasCommittedAndNotYetPublished() throws Exception {
    Scene scene = scene();
    scene.put(20);
    dieBeforeRename(scene, 1);
    assertThat(scene.published()).isEmpty();
    Map<String, LastCommit> committed = scene.group.committed();
    committed.forEach((stream, commit) -> scene.group.reset(stream, commit.offset()));
    scene.finish();
    scene.assertLanded();
  }

  @Test
  void anOperatorsResetIsObeyed() throws Exception {
    Scene scene = scene();
    scene.put(30);
    scene.finish();
    scene.group.reset(Scene.ONE, 0L);
    scene.finish();
    assertThat(scene.lines()).hasSize(30 + 20).containsAll(scene.put);
  }

  /**
   * One file is published, and one was, and was taken away by its user: the reset is the way out.
   */
  @Test
  void aResetDropsNothingThatWasCommittedAndIsHeldUpByNothing() throws Exception {
    Scene scene = scene();
    scene.put(20);
    dieBeforeRename(scene, 2);
    List<Path> targets = scene.targets(scene.manifests().get(0));
    Files.delete(scene.published().get(0));
    Map<String, LastCommit> committed = scene.group.committed();
    committed.forEach((stream, commit) -> scene.group.reset(stream, commit.offset()));

    scene.finish();
    assertThat(targets.stream().filter(Files::exists)).hasSize(targets.size() - 1);
    assertThat(scene.manifests()).isEmpty();
    assertThat(scene.lines()).doesNotHaveDuplicates();
  }

  @Test
  void aCommittedManifestThatIsGoneStopsIt() throws Exception {
    Scene scene = scene();
    scene.put(20);
    scene.finish();
    for (Path manifest : scene.files("_flafka/history")) {
      Files.delete(manifest);
    }
    Scene.Agent agent = scene.agent();
    assertSaysWhy(agent, "neither there nor in the history", "--reset-offsets --to-current");
    agent.stop();
  }

  @Test
  void aCommittedManifestThatIsTornOrOfAnotherVersionStopsIt() throws Exception {
    for (String content : List.of("", "{\"flafka\":1,\"id\"", "{\"flafka\":2}\n", "junk\n")) {
      Scene scene = new Scene(Files.createTempDirectory(folder, "scene"));
      scene.put(20);
      dieBeforeRename(scene, 1);
      Path manifest = scene.manifests().get(0);
      String whole = Files.readString(manifest);
      Files.writeString(manifest, content);

      Scene.Agent next = scene.agent();
      assertSaysWhy(next, manifest.getFileName().toString());
      assertThat(scene.published()).isEmpty();
      next.stop();

      Files.writeString(manifest, whole);
      scene.finish();
      scene.assertLanded();
    }
  }

  @Test
  void aFileWhoseNameIsTakenStopsItUntilSomebodyActs() throws Exception {
    Scene scene = scene();
    scene.put(20);
    Scene.Agent agent = scene.agent();
    scene.faults.fail(Call.RENAME, How.BEFORE, 1, 1000, "");
    agent.process(2);
    scene.faults.heal();
    Path taken = scene.targets(scene.manifests().get(0)).get(0);
    Files.writeString(taken, "another's\n");
    assertSaysWhy(agent, taken.getFileName().toString(), "exists and is not this sink's");
    assertThat(Files.readString(taken)).isEqualTo("another's\n");
    Files.delete(taken);
    agent.process(3);
    agent.stop();
    scene.assertLanded();
  }

  @Test
  void whatUsersDoToPublishedFilesDoesNotMatter() throws Exception {
    Scene scene = scene();
    scene.put(40);
    scene.finish();
    for (Path file : scene.published()) {
      Files.delete(file);
    }
    scene.put.clear();
    scene.put(10);
    scene.finish();
    assertThat(scene.lines()).containsExactlyInAnyOrderElementsOf(scene.put);
  }

  /** A job of theirs that merges small files, say, between an agent's death and the next start. */
  @Test
  void notEvenWhileOthersOfTheSameManifestAreStillToBePublished() throws Exception {
    Scene scene = scene();
    scene.put(20);
    dieBeforeRename(scene, 2);
    Path merged = scene.published().get(0);
    scene.put.removeAll(Files.readAllLines(merged));
    Files.delete(merged);
    scene.put(10);
    scene.finish();
    assertThat(scene.lines()).containsExactlyInAnyOrderElementsOf(scene.put);
    assertThat(scene.manifests()).isEmpty();
  }

  @Test
  void theManifestWinsOverAChangedConfiguration() throws Exception {
    Scene scene = scene();
    scene.put(20);
    dieBeforeRename(scene, 1);
    List<Path> targets = scene.targets(scene.manifests().get(0));

    scene.set("hdfs.path", "faulty://" + scene.name + folder + "/elsewhere/%{host}/deeper");
    scene.set("hdfs.filePrefix", "Other");
    Scene.Agent next = scene.agent();
    next.process(2);
    next.stop();
    assertThat(targets).allMatch(Files::exists);
  }

  @Test
  void oneBucketThatCantBeWrittenHoldsUpNothingBeforeItAndMakesNoFiles() throws Exception {
    Scene scene = scene("hdfs.rollCount", "1000");
    for (int i = 0; i < 100; i++) {
      scene.put(Scene.ONE, "a");
    }
    scene.put(Scene.ONE, "forbidden");
    scene.put(Scene.ONE, "a");
    Scene.Agent agent = scene.agent();
    scene.faults.fail(Call.MKDIRS, How.BEFORE, 1, 1_000_000, "forbidden");
    assertSaysWhy(agent, "forbidden", "hdfs.path", "100 events");
    for (int i = 0; i < 50; i++) {
      agent.process();
    }
    assertThat(scene.lines()).containsExactlyElementsOf(scene.put.subList(0, 100));
    assertThat(scene.published()).hasSizeLessThan(10);
    assertThat(scene.files("_flafka/runs")).hasSizeLessThan(3);

    scene.faults.heal();
    agent.process(5);
    agent.stop();
    scene.assertLanded();
  }

  @Test
  void oneBucketMoreThanMayBeOpenEndsAllFiles() throws Exception {
    Scene scene = scene("hdfs.maxOpenFiles", "9", "hdfs.rollCount", "0");
    for (int i = 0; i < 200; i++) {
      scene.put(Scene.ONE, "host-" + i % 100);
    }
    Scene.Agent agent = scene.agent();
    agent.process(1);
    assertThat(scene.published()).hasSize(200);
    agent.stop();
    scene.assertLanded();
    assertThat(scene.history().values()).allMatch(manifest -> manifest.files().size() <= 10);
  }

  @Test
  void asManyBucketsAsMayBeOpenEndNothing() throws Exception {
    Scene scene = scene("hdfs.maxOpenFiles", "10", "hdfs.rollCount", "0");
    for (int i = 0; i < 200; i++) {
      scene.put(Scene.ONE, "host-" + i % 10);
    }
    scene.finish();
    scene.assertLanded();
    assertThat(scene.published()).hasSize(10);
  }

  @Test
  void aQuietTopicIsPublishedWithinTheInterval() {
    Scene scene = scene("hdfs.rollCount", "0", "hdfs.rollInterval", "60");
    scene.put(5);
    Scene.Agent agent = scene.agent();
    agent.process(2);
    assertThat(scene.published()).isEmpty();
    scene.pass(Duration.ofSeconds(60));
    agent.process(1);
    assertThat(scene.lines()).hasSize(5);
    agent.stop();
  }

  @Test
  void whatIsCommittedAndCantBePublishedYetIsNotSaidToComeAgain() throws Exception {
    Scene scene = scene("hdfs.rollCount", "20");
    for (int i = 0; i < 20 + 20; i++) {
      scene.put(Scene.ONE, "a");
    }
    Scene.Agent agent = scene.agent();
    scene.faults.fail(Call.RENAME, How.BEFORE, 1, 1000, "");
    for (int attempt = 0; attempt < 5; attempt++) {
      assertThatThrownBy(agent.sink::process)
          .hasMessageContaining("is committed is not visible yet")
          .hasMessageNotContaining("come again");
    }
    scene.faults.heal();
    agent.process(2);
    agent.stop();
    scene.assertLanded();
    assertThat(scene.history()).as("rolls").hasSize(2);
  }

  /** It is another user's, perhaps. */
  @Test
  void aRunThatCantBeReadHoldsNothingUpUnlessItMayKnowMore() throws Exception {
    Scene scene = scene();
    scene.put(20);
    scene.finish();
    Path foreign = scene.root.resolve("_flafka/runs/foreign");
    Files.createDirectories(foreign);
    Files.writeString(foreign.resolve("20261126T083841123Z-5f3a9c1e-7.json"), "mine\n");
    scene.faults.fail(Call.OPEN, How.BEFORE, 1, 1000, "5f3a9c1e-7");
    scene.put(20);
    scene.finish();
    assertThat(scene.lines()).containsExactlyInAnyOrderElementsOf(scene.put);

    scene.group.reset(Scene.ONE, null);
    Scene.Agent agent = scene.agent();
    assertSaysWhy(agent, "5f3a9c1e-7");
    agent.stop();
  }

  @Test
  void aFileThatIsShorterThanWhatWasWrittenIsNotPublished() throws Exception {
    Scene scene = scene();
    scene.put(20);
    Scene.Agent agent = scene.agent();
    // Its two; the third is the manifest's, which comes at any time.
    scene.faults.fail(Call.WRITE, How.SILENT, 1, 3, "FlumeData");
    assertSaysWhy(agent, "it was closed with 0 bytes instead of");
    agent.process(4);
    agent.stop();
    scene.assertLanded();
  }

  @Test
  void twoSinksOnOneDirectoryNeverMeet() throws Exception {
    Scene scene = scene();
    scene.put(60);
    Scene.Agent one = scene.agent();
    Scene.Agent two = scene.new Agent();
    scene.group.give(Scene.TWO, two.channel);
    one.process(2);
    two.process(2);
    one.stop();
    two.stop();
    scene.assertLanded();
  }

  @Test
  void anEventWithoutItsHeaderBecomesADeadLetterAndTheOthersLand() throws Exception {
    Scene scene = scene("hdfs.missing", "deadletter");
    scene.put(20);
    scene.group.add(Scene.ONE, EventBuilder.withBody("lacks", UTF_8, Map.of("other", "kept")));
    scene.put(20);
    scene.finish();
    assertThat(scene.lines()).containsExactlyInAnyOrderElementsOf(scene.put);
    List<Path> letters = scene.files("_deadletters");
    assertThat(letters).hasSize(1);
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(letters.get(0).toFile(), new GenericDatumReader<>())) {
      GenericRecord letter = reader.next();
      assertThat(letter.get("headers").toString())
          .contains("other=kept", "flafka.deadletter=has no header 'host'");
      assertThat(new String(((ByteBuffer) letter.get("body")).array(), UTF_8)).isEqualTo("lacks");
      assertThat(reader.hasNext()).isFalse();
    }
  }

  @Test
  void landsOnAPlainLocalDiskToo() throws Exception {
    Scene scene = scene();
    scene.set("hdfs.path", "file://" + scene.root + "/%{host}");
    scene.set("hdfs.atomicRename", "false");
    scene.put(20);
    scene.finish();
    List<Path> published =
        scene.published().stream().filter(file -> !file.toString().endsWith(".crc")).toList();
    assertThat(Rig.lines(published)).containsExactlyInAnyOrderElementsOf(scene.put);
    assertThat(scene.files("_flafka/runs")).isEmpty();
    assertThat(scene.files("_flafka/history")).isNotEmpty();
  }

  @Test
  void startsAgainAfterAStop() throws Exception {
    Scene scene = scene();
    scene.put(20);
    Scene.Agent agent = scene.agent();
    agent.process(2);
    agent.stop();
    scene.put(20);
    agent.sink.start();
    agent.process(2);
    agent.stop();
    scene.assertLanded();
  }
}
