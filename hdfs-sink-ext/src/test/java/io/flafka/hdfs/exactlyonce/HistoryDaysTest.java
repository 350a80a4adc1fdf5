package io.flafka.hdfs.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.delivery.Span;
import io.flafka.hdfs.faults.Faults;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.login.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryDaysTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);

  @TempDir private Path folder;
  private final String name = UUID.randomUUID().toString();
  private final Faults faults = Faults.of(name);
  private HdfsClient hdfs;
  private History history;
  private HistoryDays days;
  private int number;

  @BeforeEach
  void open() throws IOException {
    org.apache.hadoop.fs.Path base = new org.apache.hadoop.fs.Path("faulty://" + name + folder);
    hdfs = HdfsClient.open(base, false, Login.OF_PROCESS);
    history = new History(hdfs, new Premises(base));
    days = new HistoryDays(hdfs, new Premises(base), history, 3);
  }

  @AfterEach
  void close() throws IOException {
    hdfs.close();
  }

  /** Adds a manifest of a day before today. */
  private String add(int daysAgo, String stream, long from, long to) throws IOException {
    String day = TODAY.minusDays(daysAgo).toString().replace("-", "");
    String id = day + "T120000000Z-k1-" + number++;
    Manifest manifest = new Manifest(id, "k1", Map.of(stream, new Span(from, to)), List.of());
    Path pending = folder.resolve("runs/k1/" + id + ".json");
    Files.createDirectories(pending.getParent());
    Files.write(pending, ManifestFormat.line(manifest));
    history.add(new org.apache.hadoop.fs.Path("faulty://" + name + pending));
    return id;
  }

  private Set<String> entries() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("history"))) {
      return new TreeSet<>(all.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void aDayThatIsOverBecomesOneFileAndTodayIsLeftAlone() throws Exception {
    Set<String> ids =
        Set.of(add(1, "a", 0, 10), add(1, "a", 10, 20), add(0, "a", 20, 30), add(2, "b", 0, 5));
    days.tidy(TODAY);
    assertThat(entries()).hasSize(3).contains("2026-11-26").noneMatch("2026-11-25"::equals);
    assertThat(history.ids(History.ALL_DAYS)).isEqualTo(ids);
    assertThat(ids).allMatch(this::isKnown);
    Set<String> once = entries();
    days.tidy(TODAY);
    assertThat(entries()).isEqualTo(once);
  }

  private boolean isKnown(String id) {
    try {
      return history.has(id);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whatComesLateForADayThatIsOverIsTakenIn() throws Exception {
    String early = add(1, "a", 0, 10);
    days.tidy(TODAY);
    String late = add(1, "a", 10, 20);
    days.tidy(TODAY);
    assertThat(history.ids(History.ALL_DAYS)).containsExactly(early, late);
    assertThat(entries()).hasSize(1);
  }

  @Test
  void oldDaysAreDroppedButForTheLastOfEachStream() throws Exception {
    add(10, "a", 0, 10);
    add(10, "idle", 0, 7);
    String idle = add(9, "idle", 7, 9);
    add(9, "a", 10, 20);
    String edge = add(3, "a", 20, 30);
    String last = add(0, "a", 30, 40);
    days.tidy(TODAY);
    assertThat(history.ids(History.ALL_DAYS)).containsExactly(idle, edge, last);
    assertThat(history.ends(Set.of("a", "idle", "new"))).isEqualTo(Map.of("a", 40L, "idle", 9L));
    Set<String> once = entries();
    days.tidy(TODAY);
    assertThat(entries()).isEqualTo(once);
  }

  @Test
  void nothingIsEverMissingWhereverItDies() throws Exception {
    Set<String> kept = new TreeSet<>();
    add(10, "a", 0, 10);
    kept.add(add(10, "idle", 0, 7));
    kept.add(add(2, "a", 10, 20));
    kept.add(add(1, "a", 20, 30));
    kept.add(add(1, "a", 30, 40));
    for (int call = 1; call < 60; call++) {
      faults.afterCall(call, faults::kill);
      try {
        days.tidy(TODAY);
      } catch (Faults.Killed e) {
        hdfs.close();
        open();
      }
      faults.afterCall(Integer.MAX_VALUE, () -> {});
      assertThat(history.ids(History.ALL_DAYS)).as("killed at call %d", call).containsAll(kept);
    }
    days.tidy(TODAY);
    assertThat(history.ids(History.ALL_DAYS)).isEqualTo(kept);
  }

  @Test
  void aReaderFindsAllWhateverOthersPutTogetherMeanwhile() throws Exception {
    for (int call = 1; call < 15; call++) {
      Set<String> all = new TreeSet<>(history.ids(History.ALL_DAYS));
      all.add(add(1, "a", 10, 20));
      all.add(add(1, "a", 20, 30));
      all.add(add(2, "a", 0, 10));
      faults.afterCall(call, this::tidy);
      assertThat(history.ids(History.ALL_DAYS)).as("tidied at call %d", call).isEqualTo(all);
    }
  }

  private void tidy() {
    faults.afterCall(Integer.MAX_VALUE, () -> {});
    try {
      days.tidy(TODAY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsNoneOfOursIsLeftAlone() throws Exception {
    add(1, "a", 0, 10);
    Files.writeString(folder.resolve("history/README"), "mine");
    Files.writeString(folder.resolve("history/2020-01-01.txt"), "mine");
    days.tidy(TODAY);
    assertThat(entries()).contains("README", "2020-01-01.txt");
  }
}
