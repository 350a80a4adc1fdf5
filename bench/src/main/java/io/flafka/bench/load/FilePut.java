package io.flafka.bench.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FsShell;
import org.apache.hadoop.util.ToolRunner;

/**
 * Hadoop's own {@code hdfs dfs -put}, one file after the other.
 *
 * <p>{@code FilePut <file>... <folder>}. It lives on when it has put all, so that its time and
 * memory can be read.
 */
public final class FilePut {
  private FilePut() {}

  /** Puts the files into the folder, which is there; if one can't be put, it ends with a status. */
  public static void main(String[] arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("-put"));
    command.addAll(Arrays.asList(arguments));
    Configuration configuration = new Configuration();
    configuration.set("dfs.replication", "1");
    int status = ToolRunner.run(configuration, new FsShell(), command.toArray(String[]::new));
    if (status != 0) {
      System.exit(status);
    }
    new CountDownLatch(1).await();
  }
}
