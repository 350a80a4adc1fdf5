package io.flafka.hdfs.bucket;

import io.flafka.delivery.DeadLetterMark;
import io.flafka.hdfs.cargo.HdfsSinkCounter;
import java.time.Instant;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the bucket of each event.
 *
 * <p>What a bucket depends on is a few headers, and the slot of time that the event falls into: a
 * quarter of an hour, a minute or a second, whichever the escapes can tell apart. While these stay
 * the same as for the last event, so does the bucket, and nothing is formatted; buckets that come
 * and go are remembered, up to a few thousand.
 *
 * <p>For one thread.
 */
public final class Buckets {
  private static final Logger log = LoggerFactory.getLogger(Buckets.class);
  private static final int REMEMBERED = 4096;

  /** What the names of files of dead letters begin with. */
  private static final String LETTERS = "deadletters";

  /** Two years in milliseconds: no period is longer. */
  private static final long FAR = 2L * 366 * 24 * 60 * 60 * 1000;

  private final String sink;
  private final Layout layout;
  private final EventClock clock;
  private final HdfsSinkCounter counter;
  private final ZoneRules rules;
  private final String[] headers;
  private final boolean timed;
  private final boolean asks;
  private final long grain;

  private final Map<Key, Bucket> remembered = new HashMap<>();
  private @Nullable Bucket last;
  private long lastSlot;
  private final @Nullable String[] lastValues;
  private boolean warned;

  public Buckets(String sink, Layout layout, EventClock clock, HdfsSinkCounter counter) {
    this.sink = sink;
    this.layout = layout;
    this.clock = clock;
    this.counter = counter;
    this.rules = layout.rounding().zone().getRules();
    this.headers =
        Stream.of(layout.directory(), layout.prefix())
            .flatMap(template -> template.headers().stream())
            .distinct()
            .toArray(String[]::new);
    this.lastValues = new String[headers.length];
    this.timed = layout.directory().usesTime() || layout.prefix().usesTime();
    this.asks = timed || headers.length > 0;
    this.grain = Math.min(layout.directory().grain(), layout.prefix().grain());
  }

  /**
   * The bucket of an event; the same object as for the last event if it is the same bucket. An
   * event that becomes a dead letter is marked with the reason.
   *
   * @throws UnresolvedEscape if the event lacks what the path needs, and that shall stop the sink
   */
  public Bucket of(Event event) throws UnresolvedEscape {
    // An event may not have made its headers yet, and has to if it is asked.
    Map<String, String> values = asks ? event.getHeaders() : Map.of();
    long millis = timed ? clock.millis(values) : 0;
    long slot = millis == EventClock.NEVER ? millis : Math.floorDiv(millis, grain);
    Bucket bucket = last;
    if (bucket == null || slot != lastSlot || !sameValues(values)) {
      bucket = lookUp(slot, millis, values);
    }
    String lack = bucket.lack();
    if (lack != null) {
      counter.incrementEventUnknownPathCount();
      if (bucket.letters()) {
        DeadLetterMark.set(event, lack);
      }
    }
    return bucket;
  }

  private boolean sameValues(Map<String, String> values) {
    for (int i = 0; i < headers.length; i++) {
      if (!Objects.equals(values.get(headers[i]), lastValues[i])) {
        return false;
      }
    }
    return true;
  }

  private Bucket lookUp(long slot, long millis, Map<String, String> values)
      throws UnresolvedEscape {
    if (!isUniform(slot)) {
      last = null;
      return evaluate(millis, values);
    }
    for (int i = 0; i < headers.length; i++) {
      lastValues[i] = values.get(headers[i]);
    }
    lastSlot = slot;
    last = null;
    // A list that holds nulls.
    Key key = new Key(slot, new ArrayList<>(Arrays.asList(lastValues)));
    Bucket bucket = remembered.get(key);
    if (bucket == null) {
      bucket = evaluate(millis, values);
      if (remembered.size() >= REMEMBERED) {
        remembered.clear();
      }
      remembered.put(key, bucket);
    }
    last = bucket;
    return bucket;
  }

  /**
   * Whether all moments of a slot give the same text: a time zone may change its offset in the
   * middle of a quarter, and before 1972 some weren't even whole minutes from Greenwich.
   */
  private boolean isUniform(long slot) {
    if (!timed || slot == EventClock.NEVER || grain <= 1000) {
      return true;
    }
    Instant start = Instant.ofEpochMilli(slot * grain);
    var offset = rules.getOffset(start);
    return offset.getTotalSeconds() * 1000L % grain == 0
        && offset.equals(rules.getOffset(start.plusMillis(grain - 1)));
  }

  private Bucket evaluate(long millis, Map<String, String> values) throws UnresolvedEscape {
    Moment moment =
        !timed || millis == EventClock.NEVER
            ? null
            : new Moment(layout.rounding().down(millis), clock.raw(millis, values));
    List<UnresolvedEscape> lacking = new ArrayList<>();
    String directory = fill(layout.directory(), moment, values, lacking);
    String prefix = fill(layout.prefix(), moment, values, lacking);
    if (!lacking.isEmpty()) {
      return lacking(String.valueOf(lacking.get(0).getMessage()), directory, prefix);
    }
    long end =
        moment == null || !layout.directory().usesTime()
            ? Long.MAX_VALUE
            : end(directory, millis, values);
    return new Bucket(directory, prefix, false, null, end);
  }

  private Bucket lacking(String lack, String directory, String prefix) {
    boolean letters = layout.missing() == Missing.DEADLETTER;
    Bucket bucket =
        letters
            ? new Bucket(layout.deadLetters(), LETTERS, true, lack, Long.MAX_VALUE)
            : new Bucket(directory, prefix, false, lack, Long.MAX_VALUE);
    if (!warned) {
      warned = true;
      log.warn(
          "{}: an event {}: it and its like land in {}, file prefix {} (said once; counted as"
              + " EventUnknownPathCount; hdfs.missing says what becomes of them)",
          sink,
          lack,
          bucket.directory(),
          bucket.prefix());
    }
    return bucket;
  }

  /** Looks for the first slot of another directory: in ever longer steps, then back. */
  private long end(String directory, long millis, Map<String, String> values)
      throws UnresolvedEscape {
    long inside = Math.floorDiv(millis, grain);
    long step = 1;
    while (isIn(directory, inside + step, values)) {
      if (step > FAR / grain) {
        return Long.MAX_VALUE;
      }
      step *= 2;
    }
    long outside = inside + step;
    while (outside - inside > 1) {
      long middle = (inside + outside) / 2;
      if (isIn(directory, middle, values)) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return outside * grain;
  }

  private boolean isIn(String directory, long slot, Map<String, String> values)
      throws UnresolvedEscape {
    long millis = slot * grain;
    Moment moment = new Moment(layout.rounding().down(millis), clock.raw(millis, values));
    return layout.directory().fill(moment, values).equals(directory);
  }

  private String fill(
      Template template,
      @Nullable Moment moment,
      Map<String, String> values,
      List<UnresolvedEscape> lacking)
      throws UnresolvedEscape {
    try {
      return template.fill(moment, values);
    } catch (UnresolvedEscape e) {
      if (layout.missing() == Missing.STOP) {
        throw new UnresolvedEscape(
            "an event "
                + e.getMessage()
                + " in hdfs.path or hdfs.filePrefix: it holds everything up behind it, since"
                + " hdfs.missing = stop; with hdfs.missing = default '"
                + Template.UNKNOWN
                + "' stands in its place");
      }
      lacking.add(e);
      return template.fillKnown(moment, values);
    }
  }

  private record Key(long slot, List<@Nullable String> values) {}
}
