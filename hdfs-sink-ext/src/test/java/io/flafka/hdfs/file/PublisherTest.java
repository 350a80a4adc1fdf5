package io.flafka.hdfs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.hdfs.faults.Faults;
import io.flafka.hdfs.faults.Faults.Call;
import io.flafka.hdfs.faults.Faults.How;
import io.flafka.hdfs.login.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {
  @TempDir Path folder;

  private final String name = UUID.randomUUID().toString();
  private final Faults faults = Faults.of(name);
  private HdfsClient hdfs;
  private Publisher publisher;

  @BeforeEach
  void open() throws IOException {
    hdfs = HdfsClient.open(path(""), false, Login.OF_PROCESS);
    publisher = new Publisher(hdfs);
  }

  @AfterEach
  void close() throws IOException {
    hdfs.close();
  }

  private org.apache.hadoop.fs.Path path(String file) {
    return new org.apache.hadoop.fs.Path("faulty://" + name + folder + "/" + file);
  }

  private void write(String file, String content) throws IOException {
    Files.writeString(folder.resolve(file), content);
  }

  private Publisher.Outcome publish() throws IOException {
    return publisher.publish(path("a.tmp"), path("a"));
  }

  @Test
  void renames() throws Exception {
    write("a.tmp", "x");
    assertThat(publish()).isEqualTo(Publisher.Outcome.RENAMED);
    assertThat(folder.resolve("a")).hasContent("x");
  }

  @Test
  void hasNothingToDoForOneName() throws Exception {
    assertThat(publisher.publish(path("a"), path("a"))).isEqualTo(Publisher.Outcome.NO_NEED);
  }

  @Test
  void recognisesThatItWasDoneBefore() throws Exception {
    write("a", "x");
    assertThat(publish()).isEqualTo(Publisher.Outcome.DONE_BEFORE);
  }

  @Test
  void recognisesSuccessBehindALostAnswer() throws Exception {
    write("a.tmp", "x");
    faults.fail(Call.RENAME, How.AFTER, 1, 1, "");
    assertThat(publish()).isEqualTo(Publisher.Outcome.DONE_BEFORE);
  }

  @Test
  void takesFalseForAFailure() throws Exception {
    write("a.tmp", "x");
    faults.fail(Call.RENAME, How.FALSE, 1, 1, "");
    assertThatThrownBy(this::publish)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(Publisher.Unpublishable.class)
        .hasMessageContaining("can't rename");
    assertThat(publish()).isEqualTo(Publisher.Outcome.RENAMED);
  }

  @Test
  void neverOverwrites() throws Exception {
    write("a.tmp", "x");
    write("a", "y");
    assertThatThrownBy(this::publish)
        .isInstanceOf(Publisher.Unpublishable.class)
        .hasMessageContaining("exists and is not this sink's");
    assertThat(folder.resolve("a")).hasContent("y");
    assertThat(folder.resolve("a.tmp")).hasContent("x");
  }

  @Test
  void saysWhenTheFileIsGone() {
    assertThatThrownBy(this::publish)
        .isInstanceOf(Publisher.Unpublishable.class)
        .hasMessageContaining("something else removed it");
  }
}
