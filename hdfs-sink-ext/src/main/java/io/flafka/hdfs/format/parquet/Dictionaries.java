package io.flafka.hdfs.format.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.factory.DefaultValuesWriterFactory;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.column.values.fallback.FallbackValuesWriter;

/**
 * Makes Parquet's usual writers of values, and knows what their dictionaries take, which Parquet
 * says of their bytes only: in memory each entry is an object in a map. For one file.
 */
final class Dictionaries implements ValuesWriterFactory {
  /** What an entry takes beside its bytes, as a multiple of them. Measured on web logs. */
  private static final int OVERHEAD = 5;

  /** What a column takes that is still empty; most of it is room for a dictionary's numbers. */
  private static final int EMPTY = 20 << 10;

  private final ValuesWriterFactory usual = new DefaultValuesWriterFactory();
  private final List<ValuesWriter> open = new ArrayList<>();

  @Override
  public void initialize(ParquetProperties properties) {
    usual.initialize(properties);
  }

  @Override
  public ValuesWriter newValuesWriter(ColumnDescriptor column) {
    ValuesWriter writer = usual.newValuesWriter(column);
    if (writer instanceof FallbackValuesWriter<?, ?> fallback) {
      open.add(fallback.initialWriter);
    }
    return writer;
  }

  /** Forgets those of a row group that has ended. */
  void clear() {
    open.clear();
  }

  /** Bytes that Parquet doesn't speak of. */
  long overhead() {
    long bytes = 0;
    for (ValuesWriter dictionary : open) {
      // The difference is what the entries are in the file.
      bytes += EMPTY + OVERHEAD * (dictionary.getAllocatedSize() - dictionary.getBufferedSize());
    }
    return bytes;
  }
}
