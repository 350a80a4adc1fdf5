package io.flafka.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestbedExtension.class)
class HdfsIT {
  @Test
  void keepsItsFilesOverAKillOfBothNodes(Hdfs hdfs) throws Exception {
    Path file = new Path("/keeps-its-files/one");
    try (FileSystem fileSystem = hdfs.fileSystem();
        FSDataOutputStream out = fileSystem.create(file)) {
      out.write("one".getBytes(StandardCharsets.UTF_8));
    }

    hdfs.nameNode().kill();
    hdfs.restartNameNode();
    hdfs.dataNode().kill();
    hdfs.restartDataNode();

    try (FileSystem fileSystem = hdfs.fileSystem();
        FSDataInputStream in = fileSystem.open(file)) {
      assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("one");
    }
  }
}
