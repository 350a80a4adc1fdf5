package io.flafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.testbed.Hdfs;
import io.flafka.testbed.Home;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;

/**
 * A process that writes a file as stock Flume's sink does, and keeps it open until it is killed.
 */
final class HdfsWriter {
  private static final String WRITTEN = "It is written";

  private HdfsWriter() {}

  /** Takes the URI of the file, and what to write. */
  public static void main(String[] arguments) throws Exception {
    URI file = URI.create(arguments[0]);
    try (FileSystem files = FileSystem.newInstance(file, new Configuration());
        FSDataOutputStream out = files.create(new org.apache.hadoop.fs.Path(file))) {
      out.write(arguments[1].getBytes(UTF_8));
      out.hflush();
      System.out.println(WRITTEN);
      new CountDownLatch(1).await();
    }
  }

  /**
   * Starts it.
   *
   * @param folder for its log
   */
  static JavaProcess start(Hdfs hdfs, Path folder, String file, String content)
      throws IOException, URISyntaxException {
    List<Path> classPath = new ArrayList<>();
    classPath.add(
        Path.of(HdfsWriter.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    classPath.addAll(Home.HADOOP.jars());
    return JavaProcess.start(
        "writer",
        folder,
        JavaProcess.Lifetime.LEASHED,
        Map.of(),
        JavaProcess.command(
            classPath,
            List.of("-Xmx128m", "-XX:+UseSerialGC"),
            HdfsWriter.class.getName(),
            List.of(hdfs.uri() + file, content)));
  }

  /** Whether it has written, and holds the file. */
  static boolean hasWritten(JavaProcess writer) {
    return writer.logLines().contains(WRITTEN);
  }
}
