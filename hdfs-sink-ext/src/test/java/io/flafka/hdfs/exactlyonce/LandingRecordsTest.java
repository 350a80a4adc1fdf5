package io.flafka.hdfs.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.delivery.Span;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.login.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingRecordsTest {
  private static final String ID = "20261126T083841123Z-k1-5f3a9c1e-7";

  @TempDir private Path folder;
  private HdfsClient hdfs;
  private LandingRecords records;

  @BeforeEach
  void open() throws IOException {
    org.apache.hadoop.fs.Path base = new org.apache.hadoop.fs.Path(folder.toUri());
    hdfs = HdfsClient.open(base, true, Login.OF_PROCESS);
    records = new LandingRecords(hdfs, base, InstantSource.system());
  }

  @AfterEach
  void close() throws IOException {
    hdfs.close();
  }

  private static Manifest manifest(String id) {
    return new Manifest(
        id,
        "k1",
        Map.of("flume/weblogs-0@id", new Span(0, 10)),
        List.of(new Manifest.Landed("file:/x/runs/k1/f-1", "file:/x/f-1", 1, 1, Map.of())));
  }

  private Path write(String file, byte[] content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.write(path, content);
  }

  private List<String> published() throws IOException {
    List<String> ids = new ArrayList<>();
    records.published(manifest -> ids.add(manifest.id()));
    return ids;
  }

  @Test
  void aManifestThatIsThereTwiceComesOnce() throws Exception {
    byte[] line = ManifestFormat.line(manifest(ID));
    write("history/2026-11-26/" + ID + ".json", line);
    write("history/2026-11-26-00000001.jsonl", line);
    write("history/_unfinished-2026-11-26-00000002.jsonl", line);
    assertThat(published()).containsExactly(ID);
  }

  @Test
  void earlierDaysComeFirst() throws Exception {
    String later = ID.replace("20261126", "20261127");
    write("history/2026-11-27/" + later + ".json", ManifestFormat.line(manifest(later)));
    write("history/2026-11-26-00000001.jsonl", ManifestFormat.line(manifest(ID)));
    assertThat(published()).containsExactly(ID, later);
  }

  @Test
  void aRunHasItsManifestsAndTheFilesThatNoneNames() throws Exception {
    write("runs/k1-5f3a9c1e/" + ID + ".json", ManifestFormat.line(manifest(ID)));
    write("runs/k1-5f3a9c1e/f-1", new byte[1]);
    write("runs/k1-5f3a9c1e/f-2", new byte[1]);
    write("runs/k1-5f3a9c1e/owner-0-elsewhere-4711-1764144521000", new byte[0]);
    LandingRecords.InUse run = records.runs().get(0);
    assertThat(run.files()).isEqualTo(1);
    assertThat(run.owner()).isEqualTo("elsewhere process 4711");
    assertThat(run.dead()).isFalse();
    assertThat(run.prepared())
        .extracting(LandingRecords.Prepared::manifest)
        .containsExactly(manifest(ID));
  }

  @Test
  void aTornManifestIsOne() throws Exception {
    write("runs/k1-5f3a9c1e/" + ID + ".json", new byte[] {'{'});
    LandingRecords.Prepared prepared = records.runs().get(0).prepared().get(0);
    assertThat(prepared.torn()).isTrue();
    assertThat(prepared.manifest()).isNull();
    assertThat(prepared.id()).isEqualTo(ID);
  }

  @Test
  void aRunThatIsSilentIsDeadAndOneThatIsClearedIs() throws Exception {
    write("runs/k1-00000001/f-1", new byte[1]);
    write("cleared/k1-00000002/" + ID + ".json", ManifestFormat.line(manifest(ID)));
    InstantSource later = () -> Instant.now().plus(Run.SILENCE).plusSeconds(1);
    LandingRecords then =
        new LandingRecords(hdfs, new org.apache.hadoop.fs.Path(folder.toUri()), later);
    assertThat(records.runs()).extracting(LandingRecords.InUse::dead).containsExactly(false, true);
    assertThat(then.runs()).allMatch(LandingRecords.InUse::dead);
    assertThat(records.runs().get(1).cleared()).isTrue();
    assertThat(records.runs().get(1).prepared()).hasSize(1);
  }

  @Test
  void aNoteIsKnownByItsNameWhereverItWas() {
    assertThat(LandingRecords.idOf("hdfs://ns1/x/_flafka/runs/k1/" + ID + ".json")).isEqualTo(ID);
    assertThat(LandingRecords.dayOf(ID)).isEqualTo("2026-11-26");
  }

  @Test
  void aFileIsFoundUnderAnotherNameOfItsFileSystem() throws Exception {
    Path file = write("landed/f-1", new byte[3]);
    assertThat(records.length("hdfs://elsewhere:8020" + file)).isEqualTo(3);
    assertThat(records.length("hdfs://elsewhere:8020" + file + "-not")).isEqualTo(-1);
  }
}
