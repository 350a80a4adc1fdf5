package io.flafka.hdfs.cargo;

/** Why a file was ended. */
public enum RollReason {
  /** {@code hdfs.rollSize}. */
  SIZE,
  /** {@code hdfs.rollCount}. */
  COUNT,
  /** {@code hdfs.rollInterval}. */
  INTERVAL,
  /** {@code hdfs.idleTimeout}. */
  IDLE,
  /** {@code hdfs.rollAtBucketEnd}. */
  BUCKET_END,
  /** {@code hdfs.maxOpenFiles}. */
  OPEN_FILES,
  /** The channel had to commit, mostly because partitions went to another agent. */
  HANDOVER,
  /** After a failure less is taken at a time. */
  CAUTION,
  /** The sink stopped. */
  STOP
}
