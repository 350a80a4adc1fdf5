package io.flafka.spooldir.find;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.spooldir.disk.FileIdentity;
import io.flafka.spooldir.disk.FileState;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
  private static final Retired NONE =
      new Retired() {
        @Override
        public boolean contains(SpoolFile file) {
          return false;
        }

        @Override
        public boolean leavesFiles() {
          return false;
        }
      };

  @TempDir Path dir;
  private final AtomicLong nanos = new AtomicLong();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final List<Discovery> opened = new ArrayList<>();
  private Instant now = Instant.now();
  private ConsumeOrder order = ConsumeOrder.OLDEST;
  private boolean recursive;
  private String ignored = "^$";
  private Readiness readiness = Readiness.AT_ONCE;
  private Duration pollDelay = Duration.ofMillis(500);

  @AfterEach
  void close() {
    opened.forEach(Discovery::close);
    thread.shutdownNow();
  }

  private Discovery discovery(Path... begun) {
    return discovery(NONE, begun);
  }

  private Discovery discovery(Retired retired, Path... begun) {
    Search search =
        new Search(
            dir,
            Set.of(dir.resolve("trackers")),
            recursive,
            new NameFilter(".COMPLETED", Pattern.compile(".*"), Pattern.compile(ignored)),
            readiness,
            order,
            pollDelay);
    Discovery discovery = new Discovery(search, retired, List.of(begun), () -> now, nanos::get);
    opened.add(discovery);
    return discovery;
  }

  private Path write(String name, int modifiedSecond) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Path unfinished = Files.writeString(file.resolveSibling(".unfinished"), "x");
    Files.setLastModifiedTime(unfinished, FileTime.fromMillis(modifiedSecond * 1000L));
    return Files.move(unfinished, file);
  }

  private List<String> next(Discovery discovery) throws SpoolUnavailableException {
    return discovery.next(1000, Long.MAX_VALUE).stream()
        .map(file -> dir.relativize(file.path()).toString())
        .collect(Collectors.toList());
  }

  private List<String> all() throws SpoolUnavailableException {
    return next(discovery());
  }

  /** The next files, once the system has told of them. */
  private List<String> awaitNext(Discovery discovery) throws SpoolUnavailableException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < deadline) {
      List<String> next = next(discovery);
      if (!next.isEmpty()) {
        return next;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    throw new AssertionError("nothing came");
  }

  @Test
  void ordersByTimeThenByName() throws Exception {
    write("c", 10);
    write("b", 20);
    write("a", 20);
    write("d", 30);

    assertThat(all()).containsExactly("c", "a", "b", "d");
    order = ConsumeOrder.YOUNGEST;
    assertThat(all()).containsExactly("d", "a", "b", "c");
    order = ConsumeOrder.RANDOM;
    assertThat(all()).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void handsOutNoMoreThanAskedFor() throws Exception {
    write("a", 1);
    write("b", 2);
    write("c", 3);
    Discovery discovery = discovery();

    assertThat(discovery.next(1, 100)).hasSize(1);
    assertThat(discovery.size()).isEqualTo(2);
    assertThat(discovery.next(10, 1)).hasSize(1);
    assertThat(discovery.next(10, 100)).hasSize(1);
    assertThat(discovery.next(10, 100)).isEmpty();
  }

  @Test
  void searchesDirectoriesOnlyIfAsked() throws Exception {
    write("a", 1);
    write("2013/b", 2);
    write("2013/09/c", 3);
    write(".hidden/d", 4);
    write("old/e", 5);
    write("x.COMPLETED/f", 6);
    write("trackers/g", 7);

    assertThat(all()).containsExactly("a");
    recursive = true;
    ignored = "old";
    assertThat(all()).containsExactly("a", "2013/b", "2013/09/c", "x.COMPLETED/f");
  }

  @Test
  void followsLinksToFilesNotToDirectories() throws Exception {
    write(".there/a", 1);
    Files.createSymbolicLink(dir.resolve("file"), dir.resolve(".there/a"));
    Files.createSymbolicLink(dir.resolve("cycle"), dir);
    recursive = true;

    assertThat(all()).containsExactly("file");
  }

  @Test
  void letsOneUnreadableEntryNotHideTheOthers() throws Exception {
    write("z", 1);
    Files.createSymbolicLink(dir.resolve("dangling"), dir.resolve("nowhere"));
    Files.createSymbolicLink(dir.resolve("loop"), dir.resolve("loop"));

    assertThat(all()).containsExactly("z");
  }

  @Test
  void neverMistakesAFailedListingForAnEmptyOne() throws IOException {
    Discovery discovery = discovery();
    Files.delete(dir);

    assertThatThrownBy(() -> next(discovery))
        .isInstanceOf(SpoolUnavailableException.class)
        .hasMessageContaining("spoolDir = " + dir);
    Files.createDirectory(dir);
  }

  @Test
  void hearsOfWhatIsNewWithoutListing() throws Exception {
    recursive = true;
    write("d/a", 1);
    Discovery discovery = discovery();
    assertThat(next(discovery)).containsExactly("d/a");

    // No time passes, so nothing is listed.
    write("d/b", 2);
    assertThat(awaitNext(discovery)).containsExactly("d/b");
    write("new/c", 3);
    assertThat(awaitNext(discovery)).containsExactly("new/c");
  }

  @Test
  void asksOnceAboutAFileThatWaitsAndNeverAboutOneThatIsFinished() throws Exception {
    for (int i = 0; i < 1000; i++) {
      Files.createFile(dir.resolve(i + ".COMPLETED"));
    }
    for (int i = 0; i < 100; i++) {
      write("a" + i, i);
    }
    List<Path> asked = new ArrayList<>();
    Discovery discovery =
        discovery(
            new Retired() {
              @Override
              public boolean contains(SpoolFile file) {
                asked.add(file.path());
                return false;
              }

              @Override
              public boolean leavesFiles() {
                return false;
              }
            });

    for (int i = 0; i < 100; i++) {
      Path file = discovery.next(1, 1).get(0).path();
      Files.move(file, dir.resolve(file.getFileName() + ".COMPLETED"));
      discovery.release(file);
    }
    write("b", 200);
    assertThat(awaitNext(discovery)).containsExactly("b");

    assertThat(asked).hasSize(101).doesNotHaveDuplicates();
  }

  @Test
  void findsByItsDirectorysTimeWhatItDidNotHearOf() throws Exception {
    Discovery discovery = discovery();
    assertThat(next(discovery)).isEmpty();
    // A watch that is closed hears nothing.
    discovery.close();
    write("a", 1);
    assertThat(next(discovery)).isEmpty();
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));

    assertThat(next(discovery)).containsExactly("a");
  }

  @Test
  void handsAFileOutOnceUntilItIsReleased() throws Exception {
    Path file = write("a", 1);
    Discovery discovery = discovery();
    assertThat(next(discovery)).containsExactly("a");

    write(".b", 1);
    Files.move(dir.resolve(".b"), file, REPLACE_EXISTING);
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
    assertThat(next(discovery)).isEmpty();

    discovery.releaseAndLook(file);
    assertThat(next(discovery)).containsExactly("a");
  }

  @Test
  void holdsAGivenUpFileUntilItChanged() throws Exception {
    Path file = write("a", 1);
    Discovery discovery = discovery();
    next(discovery);
    discovery.giveUp(file);
    for (int i = 0; i < 3; i++) {
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
      assertThat(next(discovery)).isEmpty();
    }

    Files.setLastModifiedTime(file, FileTime.fromMillis(2000));
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
    assertThat(next(discovery)).isEmpty();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
    assertThat(next(discovery)).containsExactly("a");
  }

  @Test
  void handsOutWhatWasBegunFirst() throws Exception {
    write("a", 1);
    Path begun = write("b", 2);
    readiness = new Readiness(Duration.ZERO, Duration.ZERO, Optional.of(".done"));

    assertThat(next(discovery(begun, dir.resolve("gone")))).containsExactly("gone", "b");
  }

  @Test
  void keepsTheOrderOfWhatWasBegun() throws Exception {
    Path[] begun = new Path[20];
    for (int i = 0; i < begun.length; i++) {
      begun[begun.length - 1 - i] = write("f" + i, i + 1);
    }

    assertThat(next(discovery(begun)))
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> "f" + i).toList());
  }

  @Test
  void waitsUntilAFileIsOldEnough() throws Exception {
    readiness = new Readiness(Duration.ofSeconds(10), Duration.ZERO, Optional.empty());
    now = Instant.ofEpochSecond(100);
    write("a", 95);
    write("b", 89);
    Discovery discovery = discovery();
    assertThat(next(discovery)).containsExactly("b");

    now = Instant.ofEpochSecond(104);
    assertThat(next(discovery)).isEmpty();
    now = Instant.ofEpochSecond(105);
    assertThat(next(discovery)).containsExactly("a");
  }

  @Test
  void ofAFileFromTheFutureTheTimeOfItsInodeCounts() throws Exception {
    readiness = new Readiness(Duration.ofSeconds(1000), Duration.ZERO, Optional.empty());
    now = Instant.now();
    write("a", Integer.MAX_VALUE);
    Discovery discovery = discovery();
    assertThat(next(discovery)).isEmpty();

    now = Instant.now().plusSeconds(1001);
    assertThat(next(discovery)).containsExactly("a");
  }

  @Test
  void waitsUntilAFileRestsThatWasWrittenWhereItLies() throws Exception {
    readiness = new Readiness(Duration.ZERO, Duration.ofMillis(500), Optional.empty());
    write("moved", 1);
    Path written = Files.writeString(dir.resolve("written"), "x");
    now = Files.getLastModifiedTime(written).toInstant();
    Discovery discovery = discovery();
    assertThat(next(discovery)).containsExactly("moved");

    now = now.plusMillis(499);
    assertThat(next(discovery)).isEmpty();
    now = now.plusMillis(1);
    assertThat(next(discovery)).containsExactly("written");
  }

  @Test
  void doesNotWaitForAClockThatWasSetBack() throws Exception {
    readiness = new Readiness(Duration.ZERO, Duration.ofMillis(500), Optional.empty());
    Path written = Files.writeString(dir.resolve("written"), "x");
    now = Files.getLastModifiedTime(written).toInstant().minusSeconds(3600);

    assertThat(all()).containsExactly("written");
  }

  @Test
  void doesNotWaitForAClockThatIsSetBackMeanwhile() throws Exception {
    readiness = new Readiness(Duration.ZERO, Duration.ofMillis(500), Optional.empty());
    Path written = Files.writeString(dir.resolve("written"), "x");
    now = Files.getLastModifiedTime(written).toInstant();
    Discovery discovery = discovery();
    assertThat(next(discovery)).isEmpty();

    now = now.minusSeconds(3600);
    assertThat(next(discovery)).containsExactly("written");
  }

  @Test
  @Timeout(60)
  void goesOnHearingThoughADirectoryVanished() throws Exception {
    try (DirectoryWatch watch = new DirectoryWatch(dir)) {
      watch.add(dir);
      watch.add(dir.resolve("gone"));
      write("a", 1);

      List<Path> heard = new ArrayList<>();
      while (!heard.contains(dir.resolve("a"))) {
        watch.await(Duration.ofHours(1));
        watch.hear(heard::add);
      }
    }
  }

  @Test
  @Timeout(60)
  void wakesUpForANewFile() throws Exception {
    pollDelay = Duration.ofHours(1);
    Discovery discovery = discovery();
    assertThat(next(discovery)).isEmpty();
    write("a", 1);

    discovery.await();

    assertThat(next(discovery)).containsExactly("a");
  }

  @Test
  @Timeout(60)
  void wakesUpWhenAFileIsOldEnough() throws Exception {
    pollDelay = Duration.ofHours(1);
    readiness = new Readiness(Duration.ofSeconds(10), Duration.ZERO, Optional.empty());
    now = Instant.ofEpochMilli(104_950);
    write("a", 95);
    Discovery discovery = discovery();
    assertThat(next(discovery)).isEmpty();

    discovery.await();

    now = Instant.ofEpochSecond(105);
    assertThat(next(discovery)).containsExactly("a");
  }

  @Test
  @Timeout(60)
  void wakesUpWhenItIsTimeForAnotherLook() throws Exception {
    Discovery discovery = discovery();
    assertThat(next(discovery)).isEmpty();

    discovery.await();
  }

  @Test
  @Timeout(60)
  void letsNobodyWaitOnceItIsClosed() throws Exception {
    pollDelay = Duration.ofHours(1);
    Discovery discovery = discovery();
    assertThat(next(discovery)).isEmpty();
    Future<?> waiting =
        thread.submit(
            () -> {
              discovery.await();
              return null;
            });

    discovery.close();

    waiting.get();
    discovery.await();
  }

  @Test
  void waitsForTheMarkerOfAFile() throws Exception {
    readiness = new Readiness(Duration.ZERO, Duration.ZERO, Optional.of(".done"));
    write("a", 1);
    write("b", 1);
    write("b.done", 2);
    write(".done", 2);
    Discovery discovery = discovery();
    assertThat(next(discovery)).containsExactly("b");

    write("a.done", 3);
    assertThat(awaitNext(discovery)).containsExactly("a");
  }

  @Test
  void forgetsNoFileHoweverManyWait() {
    Waiting waiting = new Waiting(ConsumeOrder.OLDEST, 3);
    for (int i = 5; i > 0; i--) {
      waiting.add(file("f" + i, i));
    }

    assertThat(waiting.size()).isEqualTo(3);
    assertThat(waiting.isComplete()).isFalse();
    assertThat(waiting.poll()).isEqualTo(file("f1", 1));
    waiting.expectAll();
    waiting.add(file("f2", 9));
    assertThat(waiting.poll()).isEqualTo(file("f3", 3));
    assertThat(waiting.poll()).isEqualTo(file("f2", 9));
    assertThat(waiting.poll()).isNull();
    assertThat(waiting.isComplete()).isTrue();
  }

  private SpoolFile file(String name, int second) {
    FileTime time = FileTime.fromMillis(second * 1000L);
    return new SpoolFile(
        dir.resolve(name), new FileState(new FileIdentity(1, 1, time), time, true, false));
  }
}
