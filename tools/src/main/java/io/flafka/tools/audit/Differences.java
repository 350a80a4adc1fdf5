package io.flafka.tools.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names the lines in which a topic and its files differ: a second look at both, which keeps only
 * what is in those parts of the fingerprints that differ, and of these only so many.
 */
final class Differences {
  private static final int PARTS = 16;
  private static final int SHOWN = 120;

  private final BitSet parts = new BitSet();
  private final boolean more;
  private final Fingerprint.Hasher hasher = new Fingerprint.Hasher();
  private final Map<Fingerprint.Hash, Line> lines = new HashMap<>();

  /** How often a line is there, and where it was seen last. */
  private static final class Line {
    private final String text;
    private long inTopic;
    private long inFiles;
    private String record = "";
    private String file = "";

    Line(String text) {
      this.text = text;
    }

    String sentence() {
      if (inTopic > inFiles) {
        return "lost (%d in the topic, %d in the files): %s: %s"
            .formatted(inTopic, inFiles, record, text);
      }
      return "%s (%d in the topic, %d in the files): %s: %s"
          .formatted(inTopic == 0 ? "foreign" : "doubled", inTopic, inFiles, file, text);
    }
  }

  /**
   * @param differing the parts that differ
   */
  Differences(int[] differing) {
    for (int i = 0; i < Math.min(PARTS, differing.length); i++) {
      parts.set(differing[i]);
    }
    more = differing.length > PARTS;
  }

  /**
   * A line of the topic.
   *
   * @param record its offset
   */
  void inTopic(String partition, long record, byte[] bytes, int offset, int length) {
    Line line = line(bytes, offset, length);
    if (line != null) {
      line.inTopic++;
      line.record = partition + " offset " + record;
    }
  }

  /** A line of a file. */
  void inFile(String file, byte[] bytes, int offset, int length) {
    Line line = line(bytes, offset, length);
    if (line != null) {
      line.inFiles++;
      line.file = file;
    }
  }

  private @Nullable Line line(byte[] bytes, int offset, int length) {
    Fingerprint.Hash hash = hasher.hash(bytes, offset, length);
    return parts.get(hash.part())
        ? lines.computeIfAbsent(
            hash, unseen -> new Line(new String(bytes, offset, Math.min(length, SHOWN), UTF_8)))
        : null;
  }

  /** A sentence for each line. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    lines.values().stream()
        .filter(line -> line.inTopic != line.inFiles)
        .map(Line::sentence)
        .sorted()
        .forEach(sentences::add);
    if (more) {
      sentences.add("and more lines that differ");
    }
    return sentences;
  }
}
