package io.flafka.hdfs.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.hdfs.login.Login;
import io.flafka.testbed.Await;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.TestbedExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** HDFS behind {@code viewfs}, which hides that it is HDFS. */
@ExtendWith(TestbedExtension.class)
class ViewOfHdfsIT {
  private static final String VIEW = "viewfs://v";

  private final Configuration configuration = new Configuration();
  private final Hdfs hdfs;
  private final String folder = "/view-" + UUID.randomUUID();

  ViewOfHdfsIT(Hdfs hdfs) {
    this.hdfs = hdfs;
  }

  @BeforeEach
  void mount() throws IOException {
    try (FileSystem files = hdfs.fileSystem()) {
      files.mkdirs(new Path(folder + "/one/in-use"));
      files.mkdirs(new Path(folder + "/two"));
    }
    for (String name : new String[] {"one", "two"}) {
      configuration.set("fs.viewfs.mounttable.v.link./" + name, hdfs.uri() + folder + "/" + name);
    }
  }

  private HdfsClient open() throws IOException {
    return HdfsClient.open(new Path(VIEW + "/one"), false, Login.OF_PROCESS, configuration);
  }

  @Test
  void aDeadWritersFileIsClosedByTheNameNode() throws Exception {
    Path file = new Path(VIEW + "/one/in-use/file");
    try (HdfsClient writer = open();
        HdfsClient successor = open()) {
      FSDataOutputStream out = writer.create(file, Sync.HFLUSH);
      out.write("line\n".getBytes(UTF_8));
      out.hflush();
      assertThat(successor.isClosed(file)).isFalse();

      successor.recoverLease(file);

      Await.until("it is closed", Duration.ofSeconds(60), () -> successor.isClosed(file));
      assertThat(successor.length(file)).isEqualTo(5);
      assertThatThrownBy(
              () -> {
                out.write(1);
                out.close();
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void filesMoveWithinAMountPointAndNotAcrossTwo() throws Exception {
    try (HdfsClient client = open()) {
      assertThat(client.exactlyOnceRefusal(new Path(VIEW + "/one/logs"), false)).isEmpty();
      client.checkMovable(new Path(VIEW + "/one/in-use"), new Path(VIEW + "/one"));
      assertThatThrownBy(
              () -> client.checkMovable(new Path(VIEW + "/one/in-use"), new Path(VIEW + "/two")))
          .hasMessageContaining("two mount points");
    }
  }
}
