package io.flafka.hdfs.exactlyonce;

import org.apache.hadoop.fs.Path;

/**
 * Where a landing keeps what is its own, below the directory that its tables are in. Hive, Spark
 * and MapReduce pass over names that begin with an underscore.
 *
 * <pre>
 * /weblogs/_flafka/runs/k1-5f3a9c1e/                  what a run of a sink has in use
 *     FlumeData.1379203200123-5f3a9c1e-17                 a file that is written or waits
 *     owner-2-web1-4711-1764144521000                 whose it is, and which streams it takes
 *     20261126T083841123Z-5f3a9c1e-7.json             a manifest, until all its files are published
 * /weblogs/_flafka/cleared/                           runs that are being deleted
 * /weblogs/_flafka/history/2026-11-26/*.json          the manifests whose files are published
 * /weblogs/_flafka/history/2026-11-25-8c1f02d3.jsonl  those of a day that is over
 * </pre>
 *
 * @param base the directory {@code _flafka}
 */
record Premises(Path base) {
  static final String MANIFEST = ".json";

  Path runs() {
    return new Path(base, "runs");
  }

  Path cleared() {
    return new Path(base, "cleared");
  }

  Path history() {
    return new Path(base, "history");
  }

  /** The premises that a manifest of some run is in, wherever they are. */
  static Premises of(Path pending) {
    Path runs = pending.getParent().getParent();
    return new Premises(runs.getParent());
  }
}
