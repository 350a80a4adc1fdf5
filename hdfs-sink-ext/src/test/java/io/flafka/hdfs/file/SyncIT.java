package io.flafka.hdfs.file;

import io.flafka.hdfs.login.Login;
import io.flafka.testbed.Await;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.TestbedExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestbedExtension.class)
class SyncIT {
  /** The least that a NameNode takes. */
  private static final int BLOCK = 1 << 20;

  /** More than what other tests may have synced since the DataNode last counted. */
  private static final int BLOCKS = 40;

  /** The DataNode counts every ten seconds. */
  private static final Duration COUNTED = Duration.ofSeconds(30);

  private static final Pattern SYNCED = Pattern.compile("\"FsyncCount\" : (\\d+)");

  private final Hdfs hdfs;
  private final String folder = "/sync-" + UUID.randomUUID();

  SyncIT(Hdfs hdfs) {
    this.hdfs = hdfs;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "viewfs://v"})
  void eachBlockOfAFileIsOnTheDisksNotOnlyTheLastOne(String view) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setInt("dfs.blocksize", BLOCK);
    configuration.set("fs.viewfs.mounttable.v.link./sync", hdfs.uri() + folder);
    String root = view.isEmpty() ? hdfs.uri() + folder : view + "/sync";
    long before = synced();
    try (HdfsClient client =
            HdfsClient.open(new Path(root), false, Login.OF_PROCESS, configuration);
        FSDataOutputStream out = client.create(new Path(root, "one/file"), Sync.HSYNC)) {
      out.write(new byte[BLOCKS * BLOCK]);
    }
    Await.until("all blocks are synced", COUNTED, () -> synced() >= before + BLOCKS);
  }

  /** How many times the DataNode has had something written to its disk. */
  private long synced() throws IOException {
    int port;
    try (DistributedFileSystem files = (DistributedFileSystem) hdfs.fileSystem()) {
      port = files.getDataNodeStats()[0].getInfoPort();
    }
    Matcher count =
        SYNCED.matcher(
            Hdfs.beans("127.0.0.1:" + port, "Hadoop:service=DataNode,name=DataNodeActivity-*"));
    if (!count.find()) {
      throw new IOException("The DataNode doesn't tell how often it has synced");
    }
    return Long.parseLong(count.group(1));
  }
}
