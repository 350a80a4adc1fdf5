package io.flafka;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks into its own jars first, and into its parent only for what they lack.
 *
 * <p>What both sides must share, because objects of it cross the border, comes from the parent
 * alone: Flume, the log, Hadoop, and the contract that component types of different modules meet
 * in.
 */
final class ChildFirstClassLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final List<String> SHARED =
      List.of(
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.",
          "org.apache.flume.",
          "org.slf4j.",
          "org.apache.hadoop.",
          "io.flafka.delivery.",
          "io.flafka.config.",
          "io.flafka.lock.");

  ChildFirstClassLoader(URL[] jars, ClassLoader parent) {
    super("flafka", jars, parent);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (SHARED.stream().anyMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> found = findLoadedClass(name);
      if (found == null) {
        try {
          found = findClass(name);
        } catch (ClassNotFoundException e) {
          return super.loadClass(name, resolve);
        }
      }
      if (resolve) {
        resolveClass(found);
      }
      return found;
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own != null ? own : super.getResource(name);
  }

  /** Our own resources first; each once. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    // By their text: a URL asks the network before it says that it equals another.
    Map<String, URL> all = new LinkedHashMap<>();
    findResources(name).asIterator().forEachRemaining(url -> all.put(url.toString(), url));
    super.getResources(name)
        .asIterator()
        .forEachRemaining(url -> all.putIfAbsent(url.toString(), url));
    return Collections.enumeration(all.values());
  }
}
