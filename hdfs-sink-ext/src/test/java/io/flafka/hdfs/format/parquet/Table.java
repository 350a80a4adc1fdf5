package io.flafka.hdfs.format.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.jspecify.annotations.Nullable;

/** A Parquet file as Parquet's own reader sees it. */
record Table(List<Group> rows, ParquetMetadata footer) {
  static Table of(Path file) throws IOException {
    var path = new org.apache.hadoop.fs.Path(file.toUri());
    List<Group> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), path).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    }
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
      return new Table(rows, reader.getFooter());
    }
  }

  @Nullable String text(int row, String column) {
    return isNull(row, column) ? null : rows.get(row).getString(column, 0);
  }

  byte[] bytes(int row, String column) {
    return rows.get(row).getBinary(column, 0).getBytes();
  }

  boolean isNull(int row, String column) {
    return rows.get(row).getFieldRepetitionCount(column) == 0;
  }

  boolean hasDictionary(String column) {
    return chunk(column).getEncodings().stream().anyMatch(Encoding::usesDictionary);
  }

  ColumnChunkMetaData chunk(String column) {
    return footer.getBlocks().get(0).getColumns().stream()
        .filter(chunk -> chunk.getPath().toDotString().equals(column))
        .findFirst()
        .orElseThrow();
  }
}
