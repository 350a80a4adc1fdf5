package io.flafka.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A Java agent that ends its JVM when standard input ends.
 *
 * <p>The parent holds the other end of that pipe, so the operating system closes it when the parent
 * dies, by whatever signal. Nothing that a test starts outlives it.
 */
public final class Leash {
  private static final String CLASS_FILE = "Leash.class";

  private Leash() {}

  /** Called by the JVM before {@code main}. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    InputStream parent = System.in;
    Thread watcher =
        new Thread(
            () -> {
              try {
                while (parent.read() != -1) {
                  // Whatever the parent says, it is alive.
                }
              } catch (IOException e) {
                // A broken pipe says the same as its end.
              }
              Runtime.getRuntime().halt(137);
            },
            "leash");
    watcher.setDaemon(true);
    watcher.start();
  }

  /** Writes the jar that {@code -javaagent} takes. */
  static void writeJar(Path file) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), Leash.class.getName());
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest);
        InputStream bytes = Leash.class.getResourceAsStream(CLASS_FILE)) {
      if (bytes == null) {
        throw new IOException("No " + CLASS_FILE + " beside " + Leash.class);
      }
      jar.putNextEntry(
          new JarEntry(Leash.class.getPackageName().replace('.', '/') + "/" + CLASS_FILE));
      bytes.transferTo(jar);
      jar.closeEntry();
    }
  }
}
