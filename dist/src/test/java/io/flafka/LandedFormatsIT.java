package io.flafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.flafka.LandedFormat.Content;
import io.flafka.testbed.Broker;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.TestbedExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.FileInputFormat;
import org.apache.hadoop.mapred.FileSplit;
import org.apache.hadoop.mapred.InputSplit;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.TextInputFormat;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the plugin lands in an agent, in every format, is read by others: Hadoop's own {@code -text}
 * and what else belongs to a format. {@link SparkIT} has Spark read it.
 */
@ExtendWith(TestbedExtension.class)
class LandedFormatsIT {
  private static final int LINES = 3_000;

  /** Of Flume's events in Avro. */
  private static final Schema EVENT =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Event", "fields": [
                {"name": "headers", "type": {"type": "map", "values": "string"}},
                {"name": "body", "type": "bytes"}]}
              """);

  @TempDir private static java.nio.file.Path folder;
  private static LandedFormats landed;

  @BeforeAll
  static void land(Broker broker, Hdfs hdfs) throws Exception {
    landed = new LandedFormats(broker, hdfs, "formats", folder);
    landed.write(3, LINES);
    landed.land();
  }

  @AfterAll
  static void close() throws IOException {
    landed.close();
  }

  @Test
  void hdfsDfsTextReadsAllThatItCan(Hdfs hdfs) throws Exception {
    // It knows no Parquet, and zstd only with Hadoop's native library, which no jar has.
    List<LandedFormat> known =
        Stream.of(LandedFormat.values())
            .filter(format -> !format.content().isParquet() && format != LandedFormat.ZSTD)
            .toList();

    List<List<String>> printed =
        new HdfsText(hdfs, "/formats/divider", folder)
            .lines(known.stream().map(format -> landed.folder(format) + "/dt=*/hour=*/*").toList());

    for (int i = 0; i < known.size(); i++) {
      Content content = known.get(i).content();
      assertThat(printed.get(i).stream().map(text -> line(content, text)).sorted().toList())
          .as("%s", known.get(i))
          .isEqualTo(landed.sortedLines());
    }
  }

  /** The line of a log in what {@code -text} shows for it. */
  private static String line(Content content, String text) {
    return switch (content) {
      case LINES -> text;
      case SEQUENCE_OF_TEXTS -> text.substring(text.indexOf('\t') + 1);
      case SEQUENCE_OF_BYTES ->
          new String(
              HexFormat.ofDelimiter(" ").parseHex(text.substring(text.indexOf('\t') + 1)), UTF_8);
      case AVRO_EVENTS -> {
        var body = (java.nio.ByteBuffer) record(EVENT, text).get("body");
        yield UTF_8.decode(body).toString();
      }
      case AVRO_HITS -> record(Hit.SCHEMA, text).get("line").toString();
      case PARQUET_WEBLOGS, PARQUET_HITS -> throw new IllegalArgumentException(text);
    };
  }

  private static GenericRecord record(Schema schema, String json) {
    try {
      return new GenericDatumReader<GenericRecord>(schema)
          .read(null, DecoderFactory.get().jsonDecoder(schema, json));
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }

  /** As the zstd command does. */
  @Test
  void zstdReadsItsFiles() throws Exception {
    List<String> lines = new ArrayList<>();
    for (Path file : landed.shown(LandedFormat.ZSTD)) {
      assertThat(file.getName()).endsWith(".zst");
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(new ZstdInputStream(landed.files().open(file)), UTF_8))) {
        reader.lines().forEach(lines::add);
      }
    }

    assertThat(lines.stream().sorted().toList()).isEqualTo(landed.sortedLines());
  }

  @Test
  void parquetReadsColumnsOfWeblogs() throws Exception {
    List<Group> rows = rows(LandedFormat.PARQUET);

    assertThat(rows.stream().map(Columns::of).sorted().toList())
        .isEqualTo(landed.sortedLines().stream().map(Columns::of).sorted().toList());
    assertThat(rows.stream().filter(row -> Columns.of(row).equals(Columns.NONE)).map(this::raw))
        .containsExactly(LandedFormats.ODD);
  }

  @Test
  void parquetReadsRawLines() throws Exception {
    assertThat(rows(LandedFormat.PARQUET_GZIP).stream().map(this::raw).sorted().toList())
        .isEqualTo(landed.sortedLines());
  }

  @Test
  void parquetReadsRecordsOfTheUsers() throws Exception {
    assertThat(
            rows(LandedFormat.PARQUET_AVRO).stream()
                .map(row -> row.getString("line", 0))
                .sorted()
                .toList())
        .isEqualTo(landed.sortedLines());
  }

  private String raw(Group row) {
    return new String(row.getBinary("raw", 0).getBytes(), UTF_8);
  }

  private static List<Group> rows(LandedFormat format) throws IOException {
    List<Group> rows = new ArrayList<>();
    for (Path file : landed.shown(format)) {
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), file).build()) {
        for (Group row = reader.read(); row != null; row = reader.read()) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /** MapReduce, Spark and Hive pass over names that begin with an underscore. */
  @ParameterizedTest
  @EnumSource
  void directoriesAreThoseOfATableInHive(LandedFormat format) throws Exception {
    assertThat(landed.files().listStatus(landed.folder(format)))
        .extracting(entry -> entry.getPath().getName())
        .containsExactly("_flafka", "dt=2013-09-14", "dt=2013-09-15");
    assertThat(landed.shown(format))
        .extracting(file -> landed.folder(format).toUri().relativize(file.getParent().toUri()))
        .extracting(Object::toString)
        .containsOnly(landed.partitions().keySet().toArray(String[]::new));

    assertThat(inputOfMapReduce(format)).hasSameElementsAs(landed.shown(format));
  }

  private static List<Path> inputOfMapReduce(LandedFormat format) throws IOException {
    JobConf job = new JobConf();
    FileInputFormat.setInputPaths(job, landed.folder(format));
    job.setBoolean(FileInputFormat.INPUT_DIR_RECURSIVE, true);
    TextInputFormat input = new TextInputFormat();
    input.configure(job);
    List<Path> files = new ArrayList<>();
    for (InputSplit split : input.getSplits(job, 1)) {
      files.add(((FileSplit) split).getPath());
    }
    return files;
  }

  /** As many lines in each directory as belong there. */
  @Test
  void linesAreWhereTheirTimePutsThem() throws Exception {
    Map<String, Long> found = new TreeMap<>();
    for (String partition : landed.partitions().keySet()) {
      long lines = 0;
      for (FileStatus file :
          landed.files().listStatus(new Path(landed.folder(LandedFormat.TEXT), partition))) {
        try (BufferedReader reader =
            new BufferedReader(new InputStreamReader(landed.files().open(file.getPath()), UTF_8))) {
          lines += reader.lines().count();
        }
      }
      found.put(partition, lines);
    }

    assertThat(found).isEqualTo(landed.partitions());
  }
}
