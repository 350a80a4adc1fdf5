package io.flafka.hdfs.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.hdfs.format.Written;
import io.flafka.hdfs.format.avro.Records;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.flume.Event;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroParquetTest {
  private static final String[] VISITS = {
    "hdfs.fileType", "Parquet", "parquet.schemaLiteral", Records.VISIT
  };

  @TempDir Path folder;

  private static Event visit(int number, String... headers) {
    return Written.event(Records.encoded(Records.visit(number)), headers);
  }

  private static List<String> read(Path file) throws IOException {
    List<String> records = new ArrayList<>();
    var path = new org.apache.hadoop.fs.Path(file.toUri());
    var input = HadoopInputFile.fromPath(path, new org.apache.hadoop.conf.Configuration());
    try (ParquetReader<GenericRecord> reader =
        AvroParquetReader.<GenericRecord>builder(input).build()) {
      for (GenericRecord record = reader.read(); record != null; record = reader.read()) {
        records.add(record.toString());
      }
    }
    return records;
  }

  @Test
  void makesColumnsOfTheFieldsOfRecords() throws Exception {
    Written file = new Written(Written.format(VISITS));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      file.append(visit(i));
      expected.add(Records.visit(i).toString());
    }
    Path finished = file.finished(folder);
    assertThat(read(finished)).isEqualTo(expected);
    Table table = Table.of(finished);
    assertThat(table.hasDictionary("page")).isTrue();
    assertThat(table.chunk("page").getCodec()).isEqualTo(CompressionCodecName.ZSTD);
    assertThat(table.footer().getFileMetaData().getKeyValueMetaData())
        .containsKey("parquet.avro.schema");
  }

  @Test
  void takesTheSchemaFromTheFirstEvent() throws Exception {
    Written file =
        new Written(Written.format("hdfs.fileType", "Parquet", "parquet.content", "avro"));
    file.append(visit(1, "flume.avro.schema.literal", Records.VISIT));
    file.append(visit(2, "flume.avro.schema.literal", Records.VISIT));
    assertThat(read(file.finished(folder))).hasSize(2);
  }

  @Test
  void refusesABodyOfAnotherKind() throws Exception {
    Written file = new Written(Written.format(VISITS));
    file.append(visit(1));
    assertThatThrownBy(() -> file.append(Written.event("no datum")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no Avro datum of the schema Visit");
    file.append(visit(2));
    assertThat(read(file.finished(folder)))
        .containsExactly(Records.visit(1).toString(), Records.visit(2).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"null\"",
        "{\"type\": \"record\", \"name\": \"Empty\", \"fields\": []}",
      })
  void refusesASchemaThatMakesNoColumns(String schema) throws Exception {
    Written file =
        new Written(Written.format("hdfs.fileType", "Parquet", "parquet.schemaLiteral", schema));
    assertThatThrownBy(() -> file.append(Written.event(new byte[0])))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Parquet has no columns for the Avro schema");
  }

  @Test
  void refusesASchemaForWebLogs() {
    assertThatThrownBy(
            () ->
                Written.format(
                    "hdfs.fileType",
                    "Parquet",
                    "parquet.content",
                    "weblog",
                    "parquet.schemaURL",
                    "hdfs:///visit.avsc"))
        .hasMessageContaining("a schema is for parquet.content = avro");
  }
}
