package io.flafka;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flume.conf.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the components behind the types come from: one class loader for the whole JVM. */
final class Isolation {
  private static final Logger log = LoggerFactory.getLogger(Isolation.class);
  private static final String FOLDER = "isolated";
  private static final long SMALL_HEAP = 48L << 20;

  private Isolation() {}

  /** Opened when the first component is configured, so that a failure is that component's. */
  private static final class Opened {
    private static final ClassLoader LOADER = open();
  }

  /**
   * Makes a component.
   *
   * @throws ConfigurationException if it can't be loaded; the message says what is missing
   */
  static <T> T create(String className, Class<T> type) {
    try {
      Class<?> found = Class.forName(className, true, Opened.LOADER);
      return type.cast(found.getDeclaredConstructor().newInstance());
    } catch (InvocationTargetException e) {
      throw new ConfigurationException("Can't make " + className, e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new ConfigurationException(explain(className, e), e);
    }
  }

  /**
   * Looks for a class that somebody else has to bring.
   *
   * @throws ConfigurationException if it isn't there; the message says who brings it
   */
  static void require(String className) {
    try {
      Class.forName(className, false, Opened.LOADER);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new ConfigurationException(explain("This component", e), e);
    }
  }

  /** What a failure to load or link a class means to the one who installed the plugin. */
  static String explain(String what, Throwable cause) {
    String missing = String.valueOf(cause.getMessage()).replace('/', '.');
    if (missing.contains("org.apache.hadoop")) {
      return what
          + " needs Hadoop's client, and there is none on the agent's class path: install the"
          + " tarball flafka-<version>-plugins-with-hadoop.tar.gz, or set HADOOP_HOME to an"
          + " installation of Hadoop 3.3 or later, so that flume-ng finds `hadoop classpath`";
    }
    return what
        + " can't be loaded ("
        + cause
        + "): unpack the Flafka tarball into plugins.d again, lib and isolated together";
  }

  private static ClassLoader open() {
    warnOfSmallHeap(Runtime.getRuntime().maxMemory());
    ClassLoader own = Isolation.class.getClassLoader();
    Path folder = folder();
    if (folder == null) {
      log.info("Flafka {} on the plain class path", version());
      return own;
    }
    List<URL> jars = jars(folder);
    log.info("Flafka {}, isolated in {} ({} jars)", version(), folder, jars.size());
    return new ChildFirstClassLoader(jars.toArray(URL[]::new), own);
  }

  /** What flume-ng gives an agent for which nobody says anything is soon used up. */
  private static void warnOfSmallHeap(long bytes) {
    if (bytes < SMALL_HEAP) {
      log.warn(
          "The agent has a heap of {} MB, flume-ng's own default being 20: it will run out of it."
              + " Set JAVA_OPTS=\"-Xmx1g\" in conf/flume-env.sh",
          bytes >> 20);
    }
  }

  /** The folder {@code isolated} beside the one that this class's jar lies in. */
  private static @Nullable Path folder() {
    CodeSource source = Isolation.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return null;
    }
    try {
      Path folder =
          Path.of(source.getLocation().toURI()).resolveSibling("../" + FOLDER).normalize();
      return Files.isDirectory(folder) ? folder : null;
    } catch (URISyntaxException e) {
      throw new ConfigurationException("Odd place for a jar: " + source.getLocation(), e);
    }
  }

  private static List<URL> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .map(Isolation::url)
          .toList();
    } catch (IOException e) {
      throw new ConfigurationException("Can't list " + folder, e);
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(file.toString(), e);
    }
  }

  private static String version() {
    String version = Isolation.class.getPackage().getImplementationVersion();
    return version == null ? "(not from a jar)" : version;
  }
}
