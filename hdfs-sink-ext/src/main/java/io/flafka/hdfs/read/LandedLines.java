package io.flafka.hdfs.read;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.util.ReflectionUtils;

/**
 * The lines of the events' bodies in a file: of text, compressed as its name's ending says or not,
 * of a sequence file of {@code Text} or {@code Writable}, and of an Avro container of events. Which
 * one it is, its first bytes tell.
 *
 * <p>A body of several lines gives several; one that doesn't end in a newline ends there all the
 * same.
 */
public final class LandedLines {
  private static final byte[] SEQUENCE = {'S', 'E', 'Q'};
  private static final byte[] AVRO = {'O', 'b', 'j', 1};
  private static final byte[] PARQUET = {'P', 'A', 'R', '1'};
  private static final int MAGIC = 4;
  private static final int BUFFER = 1 << 16;

  private final Configuration hadoop = new Configuration();
  private final CompressionCodecFactory codecs = new CompressionCodecFactory(hadoop);

  /** Is given lines, without their newlines. */
  @FunctionalInterface
  public interface Taker {
    /**
     * Takes a line.
     *
     * @param bytes must not be changed, or kept
     */
    void line(byte[] bytes, int offset, int length) throws IOException;
  }

  /** A format that isn't read back. */
  public static final class UnreadFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadFormatException(String message) {
      super(message);
    }
  }

  /**
   * Hands on all lines of a file.
   *
   * @param place where it is
   * @param file is read to its end, and not closed
   * @throws UnreadFormatException before the first line, if the format isn't one of those
   */
  public void each(Path place, InputStream file, Taker taker) throws IOException {
    byte[] magic = file.readNBytes(MAGIC);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(magic), file);
    if (startsWith(magic, SEQUENCE)) {
      sequence(place, taker);
    } else if (startsWith(magic, AVRO)) {
      avro(place, whole, taker);
    } else if (startsWith(magic, PARQUET)) {
      throw new UnreadFormatException(place + " is a Parquet file, of columns instead of lines");
    } else {
      text(place, whole, taker);
    }
  }

  private static boolean startsWith(byte[] magic, byte[] format) {
    return magic.length >= format.length
        && Arrays.equals(magic, 0, format.length, format, 0, format.length);
  }

  private void text(Path place, InputStream stored, Taker taker) throws IOException {
    CompressionCodec codec = codecs.getCodec(place);
    if (codec == null) {
      lines(stored, taker);
      return;
    }
    try (InputStream plain = plain(codec, stored)) {
      lines(plain, taker);
    }
  }

  /** Zstandard is read without Hadoop's native library, as it was written. */
  private static InputStream plain(CompressionCodec codec, InputStream stored) throws IOException {
    return codec.getDefaultExtension().equals(".zst")
        ? new ZstdInputStreamNoFinalizer(stored)
        : codec.createInputStream(stored);
  }

  private static void lines(InputStream text, Taker taker) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int filled = 0;
    for (int read; (read = text.read(buffer, filled, buffer.length - filled)) >= 0; ) {
      filled += read;
      int begun = whole(buffer, filled, filled - read, taker);
      filled -= begun;
      System.arraycopy(buffer, begun, buffer, 0, filled);
      if (filled == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      }
    }
    if (filled > 0) {
      taker.line(buffer, 0, filled);
    }
  }

  /** Hands on the lines that have ended, and returns where the next one begins. */
  private static int whole(byte[] buffer, int filled, int from, Taker taker) throws IOException {
    int begun = 0;
    for (int i = from; i < filled; i++) {
      if (buffer[i] == '\n') {
        taker.line(buffer, begun, i - begun);
        begun = i + 1;
      }
    }
    return begun;
  }

  /** Hands on the lines of a body, as they are in a file in which each body is ended. */
  public static void body(byte[] bytes, int offset, int length, Taker taker) throws IOException {
    int begun = offset;
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        taker.line(bytes, begun, i - begun);
        begun = i + 1;
      }
    }
    taker.line(bytes, begun, offset + length - begun);
  }

  private void sequence(Path place, Taker taker) throws IOException {
    try (SequenceFile.Reader reader =
        new SequenceFile.Reader(hadoop, SequenceFile.Reader.file(place))) {
      Writable key = made(reader.getKeyClass());
      Writable value = made(reader.getValueClass());
      if (!(value instanceof Text) && !(value instanceof BytesWritable)) {
        throw new UnreadFormatException(place + " is a sequence file of " + value.getClass());
      }
      while (reader.next(key, value)) {
        if (value instanceof Text text) {
          body(text.getBytes(), 0, text.getLength(), taker);
        } else if (value instanceof BytesWritable bytes) {
          body(bytes.getBytes(), 0, bytes.getLength(), taker);
        }
      }
    }
  }

  private Writable made(Class<?> type) {
    return (Writable) ReflectionUtils.newInstance(type, hadoop);
  }

  private static void avro(Path place, InputStream file, Taker taker) throws IOException {
    try (DataFileStream<GenericRecord> events =
        new DataFileStream<>(file, new GenericDatumReader<>())) {
      Schema.Field body =
          events.getSchema().getType() == Schema.Type.RECORD
              ? events.getSchema().getField("body")
              : null;
      if (body == null || body.schema().getType() != Schema.Type.BYTES) {
        throw new UnreadFormatException(place + " is an Avro file of records instead of events");
      }
      while (events.hasNext()) {
        ByteBuffer bytes = (ByteBuffer) events.next().get(body.pos());
        body(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining(), taker);
      }
    } catch (AvroRuntimeException e) {
      throw new IOException(place + ": " + e.getMessage(), e);
    }
  }
}
