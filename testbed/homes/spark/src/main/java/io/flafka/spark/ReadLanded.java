package io.flafka.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads landed files by Spark, and writes what it saw to local files.
 *
 * <p>Arguments: a folder for the output, and then folders to read, each after its kind, which is
 * one of {@link Kind}. Of each folder {@code NAME} it makes
 *
 * <pre>
 * NAME.lines        the lines of the log
 * NAME.partitions   how many are where: dt=2013-09-14/hour=23 1000
 * NAME.statuses     how many have each status, and which bytes they sum up to: 200 2100 20928373
 *                   (of web logs in Parquet)
 * </pre>
 *
 * <p>The partitions are what Spark finds in the names of directories; sequence files, which it
 * reads without a table's columns, are told apart by their directories.
 */
public final class ReadLanded {
  private final SparkSession spark;
  private final Path output;

  private ReadLanded(SparkSession spark, Path output) {
    this.spark = spark;
    this.output = output;
  }

  /** How a folder is to be read. */
  enum Kind {
    LINES,
    SEQUENCE_OF_TEXTS,
    SEQUENCE_OF_BYTES,
    AVRO_EVENTS,
    AVRO_HITS,
    PARQUET_WEBLOGS,
    PARQUET_HITS
  }

  public static void main(String[] arguments) throws IOException {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("flafka")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate()) {
      ReadLanded reader = new ReadLanded(spark, Path.of(arguments[0]));
      for (int i = 1; i < arguments.length; i += 2) {
        reader.read(Kind.valueOf(arguments[i]), arguments[i + 1]);
      }
    }
  }

  private void read(Kind kind, String folder) throws IOException {
    String name = folder.substring(folder.lastIndexOf('/') + 1);
    switch (kind) {
      case LINES -> table(name, spark.read().text(folder), "value");
      case AVRO_EVENTS ->
          table(name, spark.read().format("avro").load(folder), "cast(body as string)");
      case AVRO_HITS -> table(name, spark.read().format("avro").load(folder), "line");
      case PARQUET_HITS -> table(name, spark.read().parquet(folder), "line");
      case PARQUET_WEBLOGS -> {
        Dataset<Row> weblogs = spark.read().parquet(folder);
        table(name, weblogs, "cast(raw as string)");
        statuses(name, weblogs);
      }
      case SEQUENCE_OF_TEXTS, SEQUENCE_OF_BYTES -> sequence(name, kind, folder);
    }
  }

  private void table(String name, Dataset<Row> table, String line) throws IOException {
    Dataset<Row> known = table.selectExpr("dt", "hour", line + " as line");
    known.createOrReplaceTempView("landed");
    write(name + ".lines", known.select("line").where("line is not null"));
    write(
        name + ".partitions",
        spark.sql(
            "select concat('dt=', dt, '/hour=', lpad(hour, 2, '0'), ' ', count(*)) from landed"
                + " group by dt, hour order by dt, hour"));
  }

  private void statuses(String name, Dataset<Row> weblogs) throws IOException {
    weblogs.createOrReplaceTempView("weblogs");
    write(
        name + ".statuses",
        spark.sql(
            "select concat_ws(' ', status, count(*), sum(bytes)) from weblogs where status is not"
                + " null group by status order by status"));
  }

  private void write(String file, Dataset<Row> lines) throws IOException {
    Files.write(output.resolve(file), lines.as(Encoders.STRING()).collectAsList(), UTF_8);
  }

  private void sequence(String name, Kind kind, String folder) throws IOException {
    var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    // All that is below the folder, which is what passes over _flafka.
    spark
        .sparkContext()
        .hadoopConfiguration()
        .set("mapreduce.input.fileinputformat.input.dir.recursive", "true");
    Files.write(output.resolve(name + ".lines"), values(context, kind, folder), UTF_8);
    List<String> partitions = new ArrayList<>();
    var pattern = new org.apache.hadoop.fs.Path(folder, "dt=*/hour=*");
    for (var directory : pattern.getFileSystem(context.hadoopConfiguration()).globStatus(pattern)) {
      var path = directory.getPath();
      partitions.add(
          "%s/%s %d"
              .formatted(
                  path.getParent().getName(),
                  path.getName(),
                  values(context, kind, path.toString()).size()));
    }
    Files.write(output.resolve(name + ".partitions"), partitions, UTF_8);
  }

  private static List<String> values(JavaSparkContext context, Kind kind, String path) {
    return kind == Kind.SEQUENCE_OF_TEXTS
        ? context
            .sequenceFile(path, LongWritable.class, Text.class)
            .map(pair -> pair._2().toString())
            .collect()
        : context
            .sequenceFile(path, LongWritable.class, BytesWritable.class)
            .map(pair -> new String(pair._2().copyBytes(), UTF_8))
            .collect();
  }
}
