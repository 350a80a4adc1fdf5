package io.flafka.hdfs.format;

import io.flafka.hdfs.compression.Backlog;
import io.flafka.hdfs.file.FileOutput;
import java.io.IOException;
import org.apache.flume.Event;
import org.apache.hadoop.io.SequenceFile;

/** Writes a {@link SequenceFormat}. */
final class SequenceWriter implements EventWriter {
  // Bytes that a record has beside its body, about.
  private static final int AROUND = 16;

  private final SequenceFile.Writer writer;
  private final Records.Maker records;
  private final FileOutput file;
  private final Backlog backlog = new Backlog();
  private final boolean inBlocks;

  SequenceWriter(SequenceFile.Writer writer, Records.Maker records, FileOutput file) {
    this.writer = writer;
    this.records = records;
    this.file = file;
    this.inBlocks = writer.getCompressionCodec() != null;
  }

  @Override
  public void append(Event event) throws IOException {
    records.append(event, writer);
    backlog.take(event.getBody().length + AROUND);
  }

  @Override
  public void flush() throws IOException {
    if (inBlocks) {
      writer.sync(); // Ends the block; there is nothing else that a reader would find.
    }
    writer.flush();
  }

  @Override
  public void finish() throws IOException {
    writer.close();
  }

  @Override
  public long pending() {
    return inBlocks ? backlog.pending(file.position(), 0) : 0;
  }
}
