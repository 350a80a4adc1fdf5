package io.flafka.testbed;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.DatanodeReportType;

/**
 * One NameNode and one DataNode, each in a JVM of its own.
 *
 * <p>The NameNode's ports and both nodes' data stay the same over kill and restart.
 */
public final class Hdfs implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final String NAME_NODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";
  private static final String DATA_NODE = "org.apache.hadoop.hdfs.server.datanode.DataNode";

  private final Path directory;
  private final JavaProcess.Lifetime lifetime;
  private final String uri;
  private JavaProcess nameNode;
  private JavaProcess dataNode;

  private Hdfs(Path directory, JavaProcess.Lifetime lifetime, String uri) throws IOException {
    this.directory = directory;
    this.lifetime = lifetime;
    this.uri = uri;
    this.nameNode = launch("namenode", NAME_NODE);
    this.dataNode = launch("datanode", DATA_NODE);
  }

  /** Formats the file system with Hadoop's own tool, starts both nodes, and waits for them. */
  public static Hdfs start(Path directory, JavaProcess.Lifetime lifetime) throws IOException {
    String uri = "hdfs://127.0.0.1:" + Ports.free();
    write(configuration(directory, uri), directory.resolve("conf"));
    // Hadoop's jars lack the folders that its web servers insist on.
    for (String application : List.of("hdfs", "datanode")) {
      Path webInf = directory.resolve("conf/webapps").resolve(application).resolve("WEB-INF");
      Files.createDirectories(webInf);
      Files.writeString(webInf.resolve("web.xml"), "<web-app/>\n");
    }
    Resources.copy("hadoop-log4j.properties", directory);
    run("format", directory, lifetime, NAME_NODE, List.of("-format", "-nonInteractive"))
        .succeedWithin(START_LIMIT);
    Hdfs hdfs = new Hdfs(directory, lifetime, uri);
    hdfs.awaitReady();
    return hdfs;
  }

  private static Configuration configuration(Path directory, String uri) {
    Configuration configuration = new Configuration(false);
    configuration.set("fs.defaultFS", uri);
    configuration.set("dfs.namenode.rpc-address", uri.substring("hdfs://".length()));
    configuration.set("dfs.namenode.http-address", "127.0.0.1:" + Ports.free());
    configuration.set("dfs.datanode.address", "127.0.0.1:0");
    configuration.set("dfs.datanode.ipc.address", "127.0.0.1:0");
    configuration.set("dfs.datanode.http.address", "127.0.0.1:0");
    configuration.set("dfs.datanode.hostname", "127.0.0.1");
    configuration.set("dfs.namenode.datanode.registration.ip-hostname-check", "false");
    configuration.set("dfs.namenode.name.dir", directory.resolve("data/name").toUri().toString());
    configuration.set("dfs.datanode.data.dir", directory.resolve("data/data").toUri().toString());
    configuration.set("dfs.replication", "1");
    configuration.set("dfs.namenode.safemode.extension", "0");
    configuration.set("hadoop.tmp.dir", directory.resolve("tmp").toString());
    return configuration;
  }

  private static void write(Configuration configuration, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : List.of("core-site.xml", "hdfs-site.xml")) {
      try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
        configuration.writeXml(out);
      }
    }
  }

  private JavaProcess launch(String name, String mainClass) throws IOException {
    return run(name, directory, lifetime, mainClass, List.of());
  }

  private static JavaProcess run(
      String name,
      Path directory,
      JavaProcess.Lifetime lifetime,
      String mainClass,
      List<String> arguments)
      throws IOException {
    List<Path> classPath = new ArrayList<>();
    classPath.add(directory.resolve("conf"));
    classPath.addAll(Home.HADOOP.jars());
    return JavaProcess.start(
        name,
        directory,
        lifetime,
        Map.of(),
        JavaProcess.command(
            classPath,
            List.of(
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dlog4j.configuration=" + directory.resolve("hadoop-log4j.properties").toUri()),
            mainClass,
            arguments));
  }

  private void awaitReady() throws IOException {
    try (FileSystem fileSystem = fileSystem()) {
      DistributedFileSystem dfs = (DistributedFileSystem) fileSystem;
      nameNode.readyWithin(
          START_LIMIT,
          () ->
              dfs.getDataNodeStats(DatanodeReportType.LIVE).length == 1
                  && !dfs.setSafeMode(SafeModeAction.GET));
    }
  }

  /** Lets both nodes live on when this JVM ends, if they are FREE. */
  public void release() {
    nameNode.release();
    dataNode.release();
  }

  /** {@code hdfs://host:port}, for clients. */
  public String uri() {
    return uri;
  }

  /** A client of its own; the caller closes it. */
  public FileSystem fileSystem() throws IOException {
    Configuration configuration = new Configuration();
    // A node that is still starting answers soon.
    configuration.setInt("ipc.client.connect.max.retries", 60);
    configuration.setInt("ipc.client.connect.retry.interval", 250);
    return FileSystem.newInstance(URI.create(uri), configuration);
  }

  public JavaProcess nameNode() {
    return nameNode;
  }

  public JavaProcess dataNode() {
    return dataNode;
  }

  /** Starts the NameNode again after it was killed, and waits until both nodes serve. */
  public void restartNameNode() throws IOException {
    nameNode = launch("namenode", NAME_NODE);
    awaitReady();
  }

  /** Starts the DataNode again after it was killed, and waits until both nodes serve. */
  public void restartDataNode() throws IOException {
    dataNode = launch("datanode", DATA_NODE);
    awaitReady();
  }

  @Override
  public void close() {
    dataNode.terminate(STOP_LIMIT);
    nameNode.terminate(STOP_LIMIT);
  }
}
