package io.flafka.hdfs.format.parquet;

import java.io.IOException;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.schema.MessageType;

/** Makes rows of events. For one thread at a time, and one file. */
interface Rows {
  MessageType schema();

  /** What the footer says besides. */
  Map<String, String> metadata();

  /** Chooses what suits the columns. */
  default void tune(ParquetProperties.Builder properties) {}

  /** Begins a row group. */
  void begin(ColumnWriteStore columns);

  /**
   * Adds a row.
   *
   * @throws IOException if the event makes none; then nothing was added
   */
  void add(Event event) throws IOException;

  /** Hands all rows to the columns, before the row group ends. */
  void flush();
}
