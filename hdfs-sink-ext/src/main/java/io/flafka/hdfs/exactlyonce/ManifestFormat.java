package io.flafka.hdfs.exactlyonce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A manifest as text, version 1: one line of JSON, ended by a newline, so that many of them make a
 * file that any tool reads.
 *
 * <pre>
 * {"flafka":1,"id":"20261126T083841123Z-5f3a9c1e-7","sink":"k1 on web1",
 *  "taken":{"flume/weblogs-0@vYdc6U2YTHaQLFBXqOZrZQ":{"from":0,"to":500}},
 *  "files":[{"staged":"hdfs://nn/...","published":"hdfs://nn/...","bytes":1234,"events":500,
 *            "spans":{"flume/weblogs-0@vYdc6U2YTHaQLFBXqOZrZQ":{"from":0,"to":500}}}]}
 * </pre>
 */
public final class ManifestFormat {
  private static final String VERSION_KEY = "flafka";
  private static final int VERSION = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ManifestFormat() {}

  /** The line, newline and all. */
  public static byte[] line(Manifest manifest) {
    ObjectNode versioned = JSON.createObjectNode().put(VERSION_KEY, VERSION);
    versioned.setAll((ObjectNode) JSON.valueToTree(manifest));
    return (versioned + "\n").getBytes(UTF_8);
  }

  /**
   * Reads a manifest that is a file of its own.
   *
   * @throws TornManifestException if its writer died at it
   * @throws UnreadableManifestException if it is of another version, or none
   */
  static Manifest parse(byte[] file, Object where) throws UnreadableManifestException {
    if (file.length == 0 || file[file.length - 1] != '\n') {
      throw new TornManifestException(where + " is torn: it has no end");
    }
    return parse(new String(file, 0, file.length - 1, UTF_8), where);
  }

  /**
   * Reads a line.
   *
   * @param line without its newline
   * @throws UnreadableManifestException if it is of another version, or none
   */
  public static Manifest parse(String line, Object where) throws UnreadableManifestException {
    try {
      JsonNode read = JSON.readTree(line);
      if (!(read instanceof ObjectNode object)) {
        throw new UnreadableManifestException(where + " is no manifest", null);
      }
      JsonNode version = object.remove(VERSION_KEY);
      if (version == null || !version.isInt() || version.intValue() != VERSION) {
        throw new UnreadableManifestException(
            where + " is of version " + version + ", and this is version " + VERSION, null);
      }
      return JSON.treeToValue(object, Manifest.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new UnreadableManifestException(where + " is no manifest", e);
    }
  }

  /** A manifest that is there and says nothing. */
  public static class UnreadableManifestException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableManifestException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** One whose writer died at it; so no commit was even tried. */
  static final class TornManifestException extends UnreadableManifestException {
    private static final long serialVersionUID = 1L;

    TornManifestException(String message) {
      super(message, null);
    }
  }
}
