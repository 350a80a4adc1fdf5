package io.flafka.hdfs.format.parquet;

import io.flafka.config.Settings;
import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.format.EventWriter;
import io.flafka.hdfs.format.avro.EventSchemas;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.CodecFactory;

/** The Parquet files of a sink, which share their memory. For any number of threads. */
public final class ParquetFiles {
  /** All keys. */
  public static final List<String> KEYS =
      Stream.of(
              ParquetOptions.KEYS,
              WeblogContent.KEYS,
              List.of("parquet.content", "parquet.schemaURL", "parquet.schemaLiteral"))
          .flatMap(List::stream)
          .toList();

  private static final int BUFFER = 8192;

  private final ParquetOptions options;
  private final Content content;
  private final RowGroupMemory memory;
  private final Density density = new Density();
  private final BytesInputCompressor compressor;

  ParquetFiles(ParquetOptions options, Content content) {
    this.options = options;
    this.content = content;
    this.memory = new RowGroupMemory(options.memory());
    this.compressor = new CompressorPerThread(() -> compressor(options));
  }

  private enum Kind {
    WEBLOG,
    AVRO
  }

  /** Reads the keys that begin with {@code parquet.}. */
  public static ParquetFiles parse(Settings settings) {
    ParquetOptions options = ParquetOptions.parse(settings);
    EventSchemas schemas = EventSchemas.parse(settings, "parquet.");
    boolean hasSchema =
        settings.isSet("parquet.schemaURL") || settings.isSet("parquet.schemaLiteral");
    Kind kind = settings.choice("parquet.content", hasSchema ? Kind.AVRO : Kind.WEBLOG);
    if (kind == Kind.WEBLOG) {
      if (hasSchema) {
        settings.problem("parquet.content", "a schema is for parquet.content = avro");
      }
      return new ParquetFiles(options, WeblogContent.parse(settings));
    }
    WeblogContent.KEYS.forEach(
        key -> settings.withoutEffect(key, "it is for parquet.content = weblog"));
    return new ParquetFiles(options, new AvroContent(schemas));
  }

  /** Begins a file. */
  public EventWriter begin(FileOutput output) throws IOException {
    return content.begin(this, output);
  }

  RowGroups open(FileOutput output, Rows rows) throws IOException {
    ParquetProperties.Builder properties =
        ParquetProperties.builder()
            .withPageSize(options.pageSize())
            .withDictionaryEncoding(options.dictionary());
    rows.tune(properties);
    return new RowGroups(
        output, rows, properties, compressor, options.rowGroupSize(), memory, density);
  }

  RowGroupMemory memory() {
    return memory;
  }

  private static BytesInputCompressor compressor(ParquetOptions options) {
    return options.compression() == ParquetOptions.Compression.ZSTD
        ? new ZstdPages(options.level())
        : new CodecFactory(new Configuration(false), BUFFER)
            .getCompressor(options.compression().codec());
  }
}
