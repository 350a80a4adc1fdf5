package io.flafka.tools.audit;

import io.flafka.delivery.Span;
import io.flafka.hdfs.exactlyonce.LandingRecords;
import io.flafka.hdfs.exactlyonce.Manifest;
import io.flafka.kafka.consume.ParticipantHandover;
import io.flafka.kafka.consume.Streams;
import io.flafka.tools.command.Brokers;
import io.flafka.tools.command.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What the runs and the history of a landing tell of one topic and group. Of each manifest only its
 * spans are kept, and those adjoin.
 */
final class OnRecord {
  private final Audit.Question question;
  private final Brokers.Topic topic;
  private final Map<Integer, OffsetAndMetadata> committed;
  private final LandingRecords records;
  private final Progress progress;
  private final PublishedFiles files;
  private final Map<Integer, Tiles> tiles = new TreeMap<>();
  private final Map<String, Long> earlierTopics = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private List<LandingRecords.InUse> runs = List.of();

  /** By their ids; those that turn up in the history are published. */
  private final Map<String, LandingRecords.Prepared> prepared = new TreeMap<>();

  /** The ids of manifests that the group's notes name, and that were not found yet. */
  private final Map<String, String> named = new HashMap<>();

  private long manifests;
  private long fileCount;
  private long events;
  private long bytes;
  private long newer;
  private long others;

  OnRecord(
      Audit.Question question,
      Brokers.Topic topic,
      Map<Integer, OffsetAndMetadata> committed,
      LandingRecords records,
      Progress progress) {
    this.question = question;
    this.topic = topic;
    this.committed = committed;
    this.records = records;
    this.progress = progress;
    this.files = new PublishedFiles(records);
    committed.values().stream()
        .map(ParticipantHandover::note)
        .flatMap(Optional::stream)
        .forEach(note -> named.put(LandingRecords.idOf(note), note));
  }

  /** Reads the runs, then the history. */
  void read() throws IOException {
    runs = records.runs();
    for (LandingRecords.InUse run : runs) {
      run.prepared().forEach(one -> prepared.put(one.id(), one));
    }
    records.published(this::published);
    prepared.values().forEach(this::prepared);
    named
        .values()
        .forEach(
            note ->
                problems.add(
                    "the group's commit names "
                        + note
                        + ", which is neither pending nor in the history of "
                        + records.base()
                        + ": if another path was landed in, audit that one, too"));
  }

  private void published(Manifest manifest) throws IOException {
    prepared.remove(manifest.id());
    named.remove(manifest.id());
    progress.step("%,d manifests read", manifests + others);
    String day = LandingRecords.dayOf(manifest.id());
    if (question.since() != null && day.compareTo(question.since()) < 0) {
      lay(manifest, (at, span) -> at.earlier(span));
      return;
    }
    if (!lay(manifest, (at, span) -> at.published(span, manifest.id()))) {
      others++;
      return;
    }
    manifests++;
    newer += isNewer(manifest) ? 1 : 0;
    for (Manifest.Landed file : manifest.files()) {
      fileCount++;
      events += file.events();
      bytes += file.bytes();
      files.look(file);
      progress.step("%,d files looked at", fileCount);
    }
  }

  private void prepared(LandingRecords.Prepared one) {
    boolean isCommitted = named.remove(one.id()) != null;
    Manifest manifest = one.manifest();
    if (manifest == null) {
      if (isCommitted) {
        problems.add("the group's commit names " + one.path() + ", which can't be read");
      }
    } else if (isCommitted) {
      lay(manifest, (at, span) -> at.pending(span, one.id()));
    } else {
      lay(manifest, (at, span) -> at.staged(span, one.id()));
    }
  }

  /** Whether anything of the manifest is of this topic and group. */
  private boolean lay(Manifest manifest, BiConsumer<Tiles, Span> how) {
    boolean ours = false;
    for (Map.Entry<String, Span> taken : manifest.taken().entrySet()) {
      Streams.Named stream = ours(taken.getKey());
      if (stream != null && stream.topicId().equals(topic.id())) {
        ours = true;
        how.accept(tiles(stream.partition()), taken.getValue());
      } else if (stream != null) {
        earlierTopics.merge(stream.topicId(), 1L, Long::sum);
      }
    }
    return ours;
  }

  private Streams.@Nullable Named ours(String stream) {
    return Streams.named(stream, question.group(), question.topic()).orElse(null);
  }

  /** Whether all of it came after the group was asked. */
  private boolean isNewer(Manifest manifest) {
    return manifest.taken().entrySet().stream()
        .allMatch(
            taken -> {
              Streams.Named stream = ours(taken.getKey());
              OffsetAndMetadata at = stream == null ? null : committed.get(stream.partition());
              return at != null && taken.getValue().from() >= at.offset();
            });
  }

  /** Hands on, once more, each manifest that counts to have its lines compared. */
  void compare(Contents contents) throws IOException {
    records.published(
        manifest -> {
          String day = LandingRecords.dayOf(manifest.id());
          boolean isLate = question.since() == null || day.compareTo(question.since()) >= 0;
          Map<Integer, Span> spans = spans(manifest);
          if (isLate && !spans.isEmpty() && !isNewer(manifest)) {
            contents.compare(manifest, spans.size() == manifest.taken().size() ? spans : null);
          }
        });
  }

  /** What a manifest took of this topic and group. */
  private Map<Integer, Span> spans(Manifest manifest) {
    Map<Integer, Span> spans = new TreeMap<>();
    manifest
        .taken()
        .forEach(
            (name, span) -> {
              Streams.Named stream = ours(name);
              if (stream != null && stream.topicId().equals(topic.id())) {
                spans.put(stream.partition(), span);
              }
            });
    return spans;
  }

  Tiles tiles(int partition) {
    return tiles.computeIfAbsent(
        partition,
        unseen -> {
          OffsetAndMetadata at = committed.get(partition);
          return new Tiles(at == null ? null : at.offset());
        });
  }

  /** Whether nothing of this topic and group was found. */
  boolean isEmpty() {
    return tiles.values().stream().allMatch(Tiles::isEmpty);
  }

  List<String> problems() {
    return problems;
  }

  /** With what was read. */
  Report report(
      List<Report.Partition> partitions, Report.@Nullable Deep deep, List<String> problems) {
    return new Report(
        question.topic(),
        topic.id(),
        question.group(),
        records.base(),
        question.since(),
        new Report.Totals(manifests, fileCount, events, bytes, newer, others),
        partitions,
        runs.stream().map(OnRecord::run).toList(),
        files.found(),
        deep,
        problems,
        remarks());
  }

  private static Report.Run run(LandingRecords.InUse run) {
    int torn = (int) run.prepared().stream().filter(LandingRecords.Prepared::torn).count();
    return new Report.Run(
        run.directory(),
        run.owner(),
        run.lastSign().toString(),
        run.cleared() ? "cleared" : run.dead() ? "dead" : "in use",
        run.prepared().size() - torn,
        torn,
        run.files());
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    earlierTopics.forEach(
        (id, count) ->
            remarks.add(
                "an earlier topic "
                    + question.topic()
                    + ", "
                    + id
                    + ", has "
                    + count
                    + " spans on record, which don't count"));
    return remarks;
  }
}
