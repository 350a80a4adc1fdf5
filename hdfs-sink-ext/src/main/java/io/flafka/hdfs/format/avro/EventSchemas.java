package io.flafka.hdfs.format.avro;

import io.flafka.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.flume.Event;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which schema an event's body has: the header {@value #URL} says where it is, or the header
 * {@value #LITERAL} is it, or it is the one that is configured; in this order, as in stock Flume.
 *
 * <p>What a URL leads to is read once, and remembered as long as there aren't too many. For any
 * number of threads.
 */
public final class EventSchemas {
  static final String URL = "flume.avro.schema.url";
  static final String LITERAL = "flume.avro.schema.literal";

  private static final int REMEMBERED = 100;
  private static final int LARGEST = 4 << 20;
  private static final int TIMEOUT = 10_000;

  private final @Nullable String configuredUrl;
  private final @Nullable Schema configured;
  private final Map<String, Schema> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Schema> eldest) {
          return size() > REMEMBERED;
        }
      };

  // Neighbouring events mostly have the same; comparing is cheaper than hashing.
  private String last = "";
  private @Nullable Schema lastSchema;

  private EventSchemas(@Nullable String configuredUrl, @Nullable Schema configured) {
    this.configuredUrl = configuredUrl;
    this.configured = configured;
  }

  /**
   * Reads {@code schemaURL} and {@code schemaLiteral}, of which one, or none, may be there.
   *
   * @param prefix before those keys
   */
  public static EventSchemas parse(Settings settings, String prefix) {
    String urlKey = prefix + "schemaURL";
    String literalKey = prefix + "schemaLiteral";
    Optional<String> url =
        settings.parsed(
            urlKey,
            Optional.empty(),
            text -> Optional.of(URI.create(text).toString()),
            "the URL of an Avro schema");
    Optional<Schema> literal =
        settings.parsed(
            literalKey, Optional.empty(), text -> Optional.of(parsed(text)), "an Avro schema");
    if (url.isPresent() && literal.isPresent()) {
      settings.problem(literalKey, "there is " + urlKey + ", too: one of them must go");
    }
    return new EventSchemas(url.orElse(null), literal.orElse(null));
  }

  private static Schema parsed(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The schema of an event's body. */
  synchronized Schema of(Event event) throws IOException {
    String url = event.getHeaders().get(URL);
    if (url != null) {
      return remembered(url, true);
    }
    String literal = event.getHeaders().get(LITERAL);
    if (literal != null) {
      return remembered(literal, false);
    }
    if (configured != null) {
      return configured;
    }
    if (configuredUrl != null) {
      return remembered(configuredUrl, true);
    }
    throw new IOException(
        "an event has no header "
            + URL
            + " or "
            + LITERAL
            + " that tells the Avro schema of its body, and no schemaURL or schemaLiteral is"
            + " configured; the event stays in the channel");
  }

  private Schema remembered(String text, boolean isUrl) throws IOException {
    if (lastSchema != null && last.equals(text)) {
      return lastSchema;
    }
    Schema schema = known.get(text);
    if (schema == null) {
      try {
        schema = parsed(isUrl ? load(text) : text);
      } catch (IllegalArgumentException e) {
        throw new IOException(
            (isUrl ? "there is no Avro schema at " + text : "a header " + LITERAL + " is no schema")
                + " ("
                + e.getMessage()
                + "); the event stays in the channel",
            e);
      }
      known.put(text, schema);
    }
    last = text;
    lastSchema = schema;
    return schema;
  }

  private static String load(String url) throws IOException {
    try (InputStream in = open(url)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("it has more than " + LARGEST + " bytes");
      }
      return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IOException("can't read the Avro schema at " + url + " (" + e + ")", e);
    }
  }

  private static InputStream open(String url) throws IOException {
    URI uri = URI.create(url);
    if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
      Path path = new Path(uri);
      return path.getFileSystem(new Configuration()).open(path);
    }
    URLConnection connection = uri.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT);
    connection.setReadTimeout(TIMEOUT);
    return connection.getInputStream();
  }
}
