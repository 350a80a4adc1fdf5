package io.flafka.hdfs.bucket;

import io.flafka.hdfs.file.FileNames;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * A directory or a file name with escapes, compiled.
 *
 * <p>It gives the same bytes as stock Flume's, but for this: whatever an event puts into it can't
 * lead out of the directory that the literal text up to the first escape names, nor make a name
 * that HDFS refuses. In what comes from an event, control characters and {@code ':'} become {@code
 * '_'}; in a file name {@code '/'} does, too; and of a directory, behind the literal beginning, a
 * segment {@code .} becomes {@code _}, {@code ..} becomes {@code __}, and {@code _flafka} and
 * {@code _deadletters}, which are ours, and {@code .snapshot} and {@code .reserved}, which are
 * HDFS's, get an underscore before them. Names and paths end where they would be too long.
 *
 * <p>For one thread.
 */
public final class Template {
  /** What events go under that lack what their path needs. */
  public static final String UNKNOWN = "unknown";

  /** The same as a partition's value; Spark reads it as null, too. */
  public static final String NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__";

  private static final Set<String> DOTS = Set.of(".", "..");

  static final String PREMISES = "_flafka";
  static final String DEAD_LETTERS = "_deadletters";

  /** What the sink keeps for itself below its root, and names that HDFS takes from nobody. */
  private static final Set<String> RESERVED =
      Set.of(PREMISES, DEAD_LETTERS, ".snapshot", ".reserved");

  /** HDFS takes 255 bytes (dfs.namenode.fs-limits.max-component-length), and so does ext4. */
  private static final int SEGMENT_BYTES = 255;

  /** Less what {@link FileNames} and a user's prefix and suffixes add. */
  private static final int NAME_BYTES = 150;

  /** HDFS takes 8,000 characters, Linux 4,096 bytes; less a file's name. */
  private static final int PATH_BYTES = 3800;

  /** HDFS takes 1,000 (HdfsConstants.MAX_PATH_DEPTH). */
  private static final int LEVELS = 500;

  private final Kind kind;
  private final List<Part> parts;
  private final String head;

  private Template(Kind kind, List<Part> parts) {
    this.kind = kind;
    this.parts = parts;
    this.head = !parts.isEmpty() && parts.get(0) instanceof Part.Literal first ? first.value() : "";
  }

  /**
   * Compiles a directory.
   *
   * @throws IllegalArgumentException if an escape means nothing, or stands where the file system is
   *     named
   */
  public static Template directory(String text, TimeZone zone) {
    Template template = new Template(Kind.DIRECTORY, Escapes.parse(text, zone));
    int scheme = template.head.indexOf("://");
    if (template.isDynamic() && scheme >= 0 && template.head.indexOf('/', scheme + 3) < 0) {
      throw new IllegalArgumentException("an escape can't name the file system");
    }
    return template;
  }

  /**
   * Compiles the beginning of a file's name.
   *
   * @throws IllegalArgumentException if an escape means nothing, or there is a slash
   */
  public static Template name(String text, TimeZone zone) {
    List<Part> parts = Escapes.parse(text, zone);
    boolean nested =
        parts.stream()
            .anyMatch(
                part -> part instanceof Part.Literal literal && literal.value().contains("/"));
    if (nested) {
      throw new IllegalArgumentException("directories belong into hdfs.path");
    }
    return new Template(Kind.NAME, parts);
  }

  /** The literal directory that everything made from this lies in, or below. */
  public String root() {
    return isDynamic() ? head.substring(0, head.lastIndexOf('/') + 1) : head;
  }

  public List<String> headers() {
    return parts.stream()
        .filter(Part.Header.class::isInstance)
        .map(part -> ((Part.Header) part).name())
        .distinct()
        .toList();
  }

  /** The span of time over which this stays the same, in milliseconds from the epoch. */
  public long grain() {
    return parts.stream().mapToLong(Part::grain).min().orElse(Long.MAX_VALUE);
  }

  public boolean usesTime() {
    return grain() != Long.MAX_VALUE;
  }

  /**
   * What this is for an event.
   *
   * @param moment null if the event has no usable timestamp
   * @throws UnresolvedEscape if the event lacks what this needs
   */
  public String fill(@Nullable Moment moment, Map<String, String> headers) throws UnresolvedEscape {
    StringBuilder filled = new StringBuilder();
    for (Part part : parts) {
      filled.append(text(part, moment, headers));
    }
    return finished(filled.toString());
  }

  /**
   * The same for an event that may lack some of it: where it does, a word stands in its place from
   * the first escape to the end of the segment. It is Hive's word for a value that isn't known if
   * the segment has a column's name, {@code dt=}, so that readers take it for null.
   *
   * @param moment null if the event has no usable timestamp
   */
  public String fillKnown(@Nullable Moment moment, Map<String, String> headers) {
    if (kind == Kind.NAME) {
      return UNKNOWN;
    }
    StringBuilder filled = new StringBuilder();
    Segment segment = new Segment();
    for (Part part : parts) {
      if (part instanceof Part.Literal literal) {
        String[] pieces = literal.value().split("/", -1);
        segment.text.append(pieces[0]);
        for (int i = 1; i < pieces.length; i++) {
          filled.append(segment.known()).append('/');
          segment = new Segment();
          segment.text.append(pieces[i]);
        }
      } else {
        segment.add(part, moment, headers);
      }
    }
    return finished(filled.append(segment.known()).toString());
  }

  /** What stands between two slashes, as far as an event tells. */
  private final class Segment {
    private final StringBuilder text = new StringBuilder();
    private int firstEscape = -1;
    private boolean lacks;

    void add(Part escape, @Nullable Moment moment, Map<String, String> headers) {
      firstEscape = firstEscape < 0 ? text.length() : firstEscape;
      try {
        text.append(Template.this.text(escape, moment, headers));
      } catch (UnresolvedEscape e) {
        lacks = true;
      }
    }

    String known() {
      if (!lacks) {
        return text.toString();
      }
      String literal = text.substring(0, firstEscape);
      return literal + (literal.endsWith("=") ? NULL_PARTITION : UNKNOWN);
    }
  }

  private String text(Part part, @Nullable Moment moment, Map<String, String> headers)
      throws UnresolvedEscape {
    String text = part.text(moment, headers);
    return part instanceof Part.Literal ? text : clean(text);
  }

  private String finished(String filled) {
    if (!isDynamic()) {
      return filled;
    }
    return kind == Kind.NAME ? fitting(filled, NAME_BYTES) : tidy(filled);
  }

  private boolean isDynamic() {
    return parts.stream().anyMatch(part -> !(part instanceof Part.Literal));
  }

  private String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean harmful = Character.isISOControl(c) || c == ':' || (c == '/' && kind == Kind.NAME);
      clean.append(harmful ? '_' : c);
    }
    return clean.toString();
  }

  /**
   * Only the whole shows what came together from several escapes: dots, nothing between two
   * slashes, a name that is too long.
   */
  private String tidy(String path) {
    String root = root();
    StringBuilder tidy = new StringBuilder(root);
    int bytes = 0;
    int levels = 0;
    for (String part : path.substring(root.length()).split("/")) {
      String segment = fitting(allowed(part), SEGMENT_BYTES);
      bytes += segment.getBytes(StandardCharsets.UTF_8).length + 1;
      if (bytes > PATH_BYTES || levels == LEVELS) {
        break;
      }
      if (!segment.isEmpty()) {
        tidy.append(levels == 0 ? "" : "/").append(segment);
        levels++;
      }
    }
    return tidy.toString();
  }

  private static String allowed(String segment) {
    if (DOTS.contains(segment)) {
      return "_".repeat(segment.length());
    }
    return RESERVED.contains(segment) ? "_" + segment : segment;
  }

  /** The beginning that takes no more than so many bytes in UTF-8. */
  private static String fitting(String text, int bytes) {
    if (text.length() <= bytes / 3) {
      return text;
    }
    CharBuffer fitting = CharBuffer.wrap(text);
    StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(fitting, ByteBuffer.allocate(bytes), true);
    return text.substring(0, fitting.position());
  }

  private enum Kind {
    DIRECTORY,
    NAME
  }
}
