package io.flafka.tools.audit;

import io.flafka.delivery.Span;
import io.flafka.hdfs.exactlyonce.LandingRecords;
import io.flafka.hdfs.exactlyonce.Manifest;
import io.flafka.hdfs.read.LandedLines;
import io.flafka.tools.command.Brokers.Bounds;
import io.flafka.tools.command.Progress;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares lines: those in the files of a manifest must be those in its spans of the topic, each as
 * often, in whatever order. One manifest after the other, with the same little memory for each.
 */
final class Contents {
  private final String topic;
  private final TopicLines records;
  private final Map<Integer, Bounds> bounds;
  private final LandingRecords landing;
  private final Progress progress;
  private final LandedLines reader = new LandedLines();
  private final Bounded<String> named = new Bounded<>();
  private long compared;
  private long different;
  private long skipped;
  private long lines;

  /**
   * @param topic its name, for sentences
   * @param bounds where its partitions begin now
   */
  Contents(
      String topic,
      TopicLines records,
      Map<Integer, Bounds> bounds,
      LandingRecords landing,
      Progress progress) {
    this.topic = topic;
    this.records = records;
    this.bounds = bounds;
    this.landing = landing;
    this.progress = progress;
  }

  /**
   * Compares what a manifest names.
   *
   * @param spans what it took, by partition; null if it took of other streams, too
   * @throws IOException if the topic or HDFS doesn't tell
   */
  void compare(Manifest manifest, @Nullable Map<Integer, Span> spans) throws IOException {
    progress.say("%,d manifests compared, line by line", compared + different + skipped);
    if (spans == null) {
      skip(manifest, "it is of other topics or groups, too");
      return;
    }
    for (Map.Entry<Integer, Span> span : spans.entrySet()) {
      Bounds now = bounds.get(span.getKey());
      if (now == null
          || span.getValue().from() < now.beginning()
          || span.getValue().to() > now.stable()) {
        skip(manifest, topic + "-" + span.getKey() + " has its records no more");
        return;
      }
    }
    Fingerprint inFiles = new Fingerprint();
    Fingerprint inTopic = new Fingerprint();
    try {
      eachInFiles(
          manifest, (file, none, bytes, offset, length) -> inFiles.add(bytes, offset, length));
    } catch (FileNotFoundException e) {
      skip(manifest, "a file of it is not where it was published: " + e.getMessage());
      return;
    } catch (LandedLines.UnreadFormatException e) {
      skip(manifest, e.getMessage() + ", which --deep doesn't read");
      return;
    } catch (IOException | RuntimeException e) {
      skip(manifest, "a file of it can't be read: " + e);
      return;
    }
    eachInTopic(spans, (name, record, bytes, offset, length) -> inTopic.add(bytes, offset, length));
    lines += inFiles.lines();
    int[] differing = inTopic.differences(inFiles);
    if (differing.length == 0) {
      compared++;
    } else {
      different++;
      named.add(
          "%s: %d lines in the topic, %d in its files"
              .formatted(manifest.id(), inTopic.lines(), inFiles.lines()));
      name(manifest, spans, new Differences(differing));
    }
  }

  private void skip(Manifest manifest, String why) {
    skipped++;
    named.add(manifest.id() + " is not compared: " + why);
  }

  /** Reads all of it again, only if there is room for what comes of it. */
  private void name(Manifest manifest, Map<Integer, Span> spans, Differences differences)
      throws IOException {
    if (named.isFull()) {
      return;
    }
    eachInFiles(
        manifest,
        (file, none, bytes, offset, length) -> differences.inFile(file, bytes, offset, length));
    eachInTopic(spans, differences::inTopic);
    differences.sentences().forEach(sentence -> named.add("  " + sentence));
  }

  /** Is given a line, and the file or the partition and the offset that it is from. */
  @FunctionalInterface
  private interface Taker {
    void line(String from, long record, byte[] bytes, int offset, int length) throws IOException;
  }

  private void eachInFiles(Manifest manifest, Taker taker) throws IOException {
    for (Manifest.Landed file : manifest.files()) {
      try (InputStream in = landing.open(file.published())) {
        reader.each(
            landing.place(file.published()),
            in,
            (bytes, offset, length) -> taker.line(file.published(), -1, bytes, offset, length));
      }
    }
  }

  private void eachInTopic(Map<Integer, Span> spans, Taker taker) throws IOException {
    for (Map.Entry<Integer, Span> span : spans.entrySet()) {
      String partition = topic + "-" + span.getKey();
      records.each(
          span.getKey(),
          span.getValue(),
          (record, bytes, offset, length) -> taker.line(partition, record, bytes, offset, length));
    }
  }

  Report.Deep found() {
    return new Report.Deep(compared, different, skipped, lines, named.first());
  }
}
