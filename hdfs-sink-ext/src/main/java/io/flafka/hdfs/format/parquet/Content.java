package io.flafka.hdfs.format.parquet;

import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.format.EventWriter;
import java.io.IOException;

/** What bodies are, and so which columns there are. For any number of threads. */
sealed interface Content permits WeblogContent, AvroContent {
  EventWriter begin(ParquetFiles files, FileOutput output) throws IOException;
}
