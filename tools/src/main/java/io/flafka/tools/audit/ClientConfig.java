package io.flafka.tools.audit;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The file of {@code --command-config}. */
final class ClientConfig {
  private ClientConfig() {}

  /**
   * Reads it.
   *
   * @param file null for none, in which nothing is
   */
  static Map<String, String> read(@Nullable Path file) throws AuditException {
    Map<String, String> all = new HashMap<>();
    if (file != null) {
      Properties properties = new Properties();
      try (Reader in = Files.newBufferedReader(file)) {
        properties.load(in);
      } catch (IOException | IllegalArgumentException e) {
        throw new AuditException("--command-config " + file + " can't be read: " + e, e);
      }
      properties.stringPropertyNames().forEach(key -> all.put(key, properties.getProperty(key)));
    }
    return all;
  }
}
