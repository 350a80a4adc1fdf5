package io.flafka.hdfs.format.parquet;

import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.format.EventWriter;
import java.io.IOException;
import org.apache.flume.Event;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.jspecify.annotations.Nullable;

/**
 * One file: rows are gathered in memory, column by column, and come to the file a row group at a
 * time. For one thread at a time.
 */
final class RowGroups implements EventWriter {
  /** What an event takes beside its body, roughly. */
  private static final int EVENT = 32;

  private final Rows rows;
  private final ParquetProperties properties;
  private final Dictionaries dictionaries;
  private final BytesInputCompressor compressor;
  private final long rowGroupSize;
  private final ParquetFileWriter file;
  private final RowGroupMemory.Share share;
  private final Density density;

  private @Nullable RowGroup current;
  private int ordinal;
  private long untilLook;

  /**
   * Begins a file.
   *
   * @param density of what was written before; it learns from this file, too
   */
  RowGroups(
      FileOutput output,
      Rows rows,
      ParquetProperties.Builder properties,
      BytesInputCompressor compressor,
      long rowGroupSize,
      RowGroupMemory memory,
      Density density)
      throws IOException {
    this.rows = rows;
    this.dictionaries = new Dictionaries();
    this.properties = properties.withValuesWriterFactory(dictionaries).build();
    this.compressor = compressor;
    this.rowGroupSize = rowGroupSize;
    this.density = density;
    this.share = memory.open();
    this.file =
        new ParquetFileWriter(
            new PositionedOutput(output),
            rows.schema(),
            ParquetFileWriter.Mode.CREATE,
            rowGroupSize,
            0,
            null,
            this.properties);
    file.start();
  }

  @Override
  public void append(Event event) throws IOException {
    RowGroup group = current;
    if (group == null) {
      group = new RowGroup();
      current = group;
      share.take(group.memory());
      untilLook = share.step();
    }
    rows.add(event);
    group.rows++;
    int bytes = event.getBody().length + EVENT;
    group.body += bytes;
    untilLook -= bytes;
    if (untilLook <= 0) {
      look(group);
    }
  }

  /** Sizes are known to the columns, each of which has to be asked: so not for every event. */
  private void look(RowGroup group) throws IOException {
    group.stored = group.columns.getBufferedSize();
    share.take(group.memory());
    if (share.isTooMuch() || group.stored >= rowGroupSize) {
      end(group);
    } else {
      untilLook = share.step();
    }
  }

  private void end(RowGroup group) throws IOException {
    current = null;
    long before = file.getPos();
    file.startBlock(group.rows);
    rows.flush();
    group.columns.flush();
    group.pages.flushToFileWriter(file);
    file.endBlock();
    density.learn(group.body, file.getPos() - before);
    group.columns.close();
    group.pages.close();
    ordinal++;
    dictionaries.clear();
    share.take(0);
  }

  /** Does nothing: nobody could read it, and row groups would be as small as batches. */
  @Override
  public void flush() {}

  /** Writes the last row group and the footer. */
  @Override
  public void finish() throws IOException {
    try {
      if (current != null) {
        end(current);
      }
      file.end(rows.metadata());
    } finally {
      share.close();
    }
  }

  @Override
  public long pending() {
    RowGroup group = current;
    return group == null ? 0 : density.stored(group.body, group.stored);
  }

  /** What is in memory. */
  private final class RowGroup {
    private final ColumnChunkPageWriteStore pages;
    private final ColumnWriteStore columns;
    private long rows;
    private long body;
    private long stored;

    private RowGroup() {
      pages =
          ColumnChunkPageWriteStore.builder()
              .withCompressorProvider(column -> compressor)
              .withSchema(RowGroups.this.rows.schema())
              .withAllocator(properties.getAllocator())
              .withColumnIndexTruncateLength(properties.getColumnIndexTruncateLength())
              .withPageWriteChecksumEnabled(properties.getPageWriteChecksumEnabled())
              .withRowGroupOrdinal(ordinal)
              .build();
      columns = properties.newColumnWriteStore(RowGroups.this.rows.schema(), pages, pages);
      RowGroups.this.rows.begin(columns);
    }

    private long memory() {
      return columns.getAllocatedSize() + dictionaries.overhead();
    }
  }
}
