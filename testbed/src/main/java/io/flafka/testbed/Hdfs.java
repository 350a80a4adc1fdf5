package io.flafka.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * One NameNode and one DataNode, each in a JVM of its own.
 *
 * <p>The NameNode's ports and both nodes' data stay the same over kill and restart.
 */
public final class Hdfs implements AutoCloseable {
  /** Enough for a machine that has much else to do; one that dies is noticed at once. */
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final String NAME_NODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";
  private static final String DATA_NODE = "org.apache.hadoop.hdfs.server.datanode.DataNode";

  private final Path directory;
  private final JavaProcess.Lifetime lifetime;
  private final List<String> options;
  private final Configuration configuration;
  private final String uri;
  private JavaProcess nameNode;
  private JavaProcess dataNode;

  private Hdfs(
      Path directory,
      JavaProcess.Lifetime lifetime,
      List<String> options,
      Configuration configuration)
      throws IOException {
    this.directory = directory;
    this.lifetime = lifetime;
    this.options = options;
    this.configuration = configuration;
    this.uri = configuration.get("fs.defaultFS");
    this.nameNode = launch("namenode", NAME_NODE);
    this.dataNode = launch("datanode", DATA_NODE);
  }

  /** Formats the file system with Hadoop's own tool, starts both nodes, and waits for them. */
  public static Hdfs start(Path directory, JavaProcess.Lifetime lifetime) throws IOException {
    return start(directory, lifetime, List.of(), Map.of());
  }

  /**
   * The same with more options for the JVMs, and more settings for {@code core-site.xml} and {@code
   * hdfs-site.xml}.
   */
  static Hdfs start(
      Path directory,
      JavaProcess.Lifetime lifetime,
      List<String> options,
      Map<String, String> settings)
      throws IOException {
    Configuration configuration = configuration(directory, "hdfs://127.0.0.1:" + Ports.free());
    settings.forEach(configuration::set);
    write(configuration, directory.resolve("conf"));
    // Hadoop's jars lack the folders that its web servers insist on.
    for (String application : List.of("hdfs", "datanode")) {
      Path webInf = directory.resolve("conf/webapps").resolve(application).resolve("WEB-INF");
      Files.createDirectories(webInf);
      Files.writeString(webInf.resolve("web.xml"), "<web-app/>\n");
    }
    Resources.copy("hadoop-log4j.properties", directory);
    run("format", directory, lifetime, options, NAME_NODE, List.of("-format", "-nonInteractive"))
        .succeedWithin(START_LIMIT);
    Hdfs hdfs = new Hdfs(directory, lifetime, options, configuration);
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

  /** Writes both files into a folder, as the class path of a node or of a client takes it. */
  static void write(Configuration configuration, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : List.of("core-site.xml", "hdfs-site.xml")) {
      try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
        configuration.writeXml(out);
      }
    }
  }

  private JavaProcess launch(String name, String mainClass) throws IOException {
    return run(name, directory, lifetime, options, mainClass, List.of());
  }

  private static JavaProcess run(
      String name,
      Path directory,
      JavaProcess.Lifetime lifetime,
      List<String> more,
      String mainClass,
      List<String> arguments)
      throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dlog4j.configuration=" + directory.resolve("hadoop-log4j.properties").toUri()));
    options.addAll(more);
    List<Path> classPath = new ArrayList<>();
    classPath.add(directory.resolve("conf"));
    classPath.addAll(Home.HADOOP.jars());
    return JavaProcess.start(
        name,
        directory,
        lifetime,
        Map.of(),
        JavaProcess.command(classPath, options, mainClass, arguments));
  }

  private void awaitReady() {
    nameNode.readyWithin(
        START_LIMIT,
        () -> {
          String state = state();
          return state.contains("\"NumLiveDataNodes\" : 1")
              && state.contains("\"FSState\" : \"Operational\"");
        });
  }

  /** What the NameNode tells everybody; a client may have to say first who it is. */
  private String state() throws IOException {
    return beans(
        configuration.get("dfs.namenode.http-address"),
        "Hadoop:service=NameNode,name=FSNamesystemState");
  }

  /**
   * What a node's MBeans of a name say, in JSON.
   *
   * @param address host and port of its web server
   * @param name may end in {@code *}
   */
  public static String beans(String address, String name) throws IOException {
    URL url = new URL("http://" + address + "/jmx?qry=" + name);
    try (InputStream in = url.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
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

  /** The folder with {@code core-site.xml}, as the class path of Hadoop's commands has it. */
  public Path conf() {
    return directory.resolve("conf");
  }

  /** What the nodes were configured with. */
  Configuration configuration() {
    return new Configuration(configuration);
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
