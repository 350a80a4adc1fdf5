package io.flafka;

import io.flafka.testbed.Agent;
import io.flafka.testbed.Broker;
import io.flafka.testbed.FlumeHome;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.Home;
import io.flafka.testbed.JavaProcess;
import io.flafka.testbed.Tarball;
import io.flafka.testbed.weblogs.LineTally;
import io.flafka.testbed.weblogs.WeblogGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/** A Flume home with the tarball unpacked into it, and the folders of one test's pipeline. */
final class Installation {
  private final Path folder;
  private final FlumeHome home;
  private final Map<String, String> environment = new HashMap<>();

  private Installation(Path folder, Path tarball) throws IOException {
    this.folder = folder;
    this.home = FlumeHome.assemble(folder.resolve("flume")).unpack(tarball);
    Files.createDirectories(spool());
    Files.createDirectories(folder.resolve("staging"));
    environment.put("SPOOL_DIR", spool().toString());
  }

  /** With the plain tarball; Hadoop is somebody else's. */
  static Installation plain(Path folder) throws IOException {
    return new Installation(folder, Tarball.plain());
  }

  /** With the tarball that brings Hadoop's client. */
  static Installation withHadoop(Path folder) throws IOException {
    return new Installation(folder, Tarball.withHadoop());
  }

  Installation using(Broker broker, String topic) {
    environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    environment.put("KAFKA_TOPIC", topic);
    return this;
  }

  Installation using(Hdfs hdfs) {
    environment.put("HDFS_URI", hdfs.uri());
    return this;
  }

  Installation with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Path spool() {
    return folder.resolve("spool");
  }

  /** The command, as it is unpacked. */
  Path flafka() {
    return home.flafka();
  }

  /** Starts an agent on a sample configuration as it is shipped. */
  Agent startSample(String name) throws IOException {
    return start(name, Home.root().resolve("conf/" + name + ".conf"));
  }

  /**
   * Starts an agent on a configuration of the test's own.
   *
   * @param options added to the command line of flume-ng
   */
  Agent start(String name, String configuration, String... options) throws IOException {
    Path file = folder.resolve(name + ".conf");
    Files.writeString(file, configuration);
    return start(name, file, options);
  }

  private Agent start(String name, Path file, String... options) throws IOException {
    Agent.Spec spec =
        new Agent.Spec(home, Home.root().resolve("conf"), file, "agent1", environment);
    return Agent.start(spec, folder.resolve(name), JavaProcess.Lifetime.LEASHED, options);
  }

  /** Writes lines elsewhere and moves them into the spooling directory, in files of a size. */
  void spool(WeblogGenerator lines, long linesPerFile, LineTally tally) throws IOException {
    while (lines.hasNext()) {
      Path file = folder.resolve("staging/" + System.nanoTime() + ".log");
      lines.write(file, linesPerFile);
      try (InputStream in = Files.newInputStream(file)) {
        tally.in(in);
      }
      Files.move(file, spool().resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
