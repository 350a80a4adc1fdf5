package io.flafka.hdfs.exactlyonce;

import io.flafka.delivery.Span;
import java.util.List;
import java.util.Map;

/**
 * What one channel transaction becomes: which files, and of what they are made. It is written
 * before the transaction is committed, and never changed.
 *
 * @param id what no other manifest has; ids sort by the time when they were given
 * @param sink the sink that wrote it, and its host: for people
 * @param taken stream to what was taken of it. The spans of a stream's manifests tile: each begins
 *     where the one before it ended, or behind offsets that hold no events
 */
public record Manifest(String id, String sink, Map<String, Span> taken, List<Landed> files) {
  public Manifest {
    taken = Map.copyOf(taken);
    files = List.copyOf(files);
  }

  /**
   * A file.
   *
   * @param staged its full URI until it is published
   * @param published its full URI from then on
   * @param bytes its length
   * @param events how many are in it
   * @param spans stream to the stretch between the first and the last event that came from there.
   *     Events in between may be in other files of the same manifest
   */
  public record Landed(
      String staged, String published, long bytes, long events, Map<String, Span> spans) {
    public Landed {
      spans = Map.copyOf(spans);
    }
  }
}
