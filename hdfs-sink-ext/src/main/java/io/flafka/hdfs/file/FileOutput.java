package io.flafka.hdfs.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A buffer before a Hadoop stream, whose every write takes a lock and sums check bytes: many small
 * writes become few large ones. For one thread at a time.
 */
public final class FileOutput extends OutputStream {
  private static final int CAPACITY = 8192;

  private final FSDataOutputStream file;
  private final Sync sync;
  private final byte[] buffer = new byte[CAPACITY];
  private int buffered;
  private long passedOn;
  private @Nullable Closeable owned;

  public FileOutput(FSDataOutputStream file, Sync sync) {
    this.file = file;
    this.sync = sync;
  }

  @Override
  public void write(int b) throws IOException {
    if (buffered == CAPACITY) {
      drain();
    }
    buffer[buffered++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > CAPACITY - buffered) {
      drain();
      if (length >= CAPACITY) {
        file.write(bytes, offset, length);
        passedOn += length;
        return;
      }
    }
    System.arraycopy(bytes, offset, buffer, buffered, length);
    buffered += length;
  }

  /** Bytes written so far, those in the buffer included. */
  public long position() {
    return passedOn + buffered;
  }

  /** Closes something with the file, however that ends: what its writer holds, for example. */
  public void own(Closeable resource) {
    owned = resource;
  }

  /** Makes all that was written so far durable; that is not what {@link #flush} does. */
  public void makeDurable() throws IOException {
    drain();
    sync.apply(file);
  }

  @Override
  public void close() throws IOException {
    // Given back once: it may be somebody else's by the time of a second call.
    Closeable resource = owned;
    owned = null;
    try (file) {
      try {
        drain();
      } finally {
        if (resource != null) {
          resource.close();
        }
      }
    }
  }

  private void drain() throws IOException {
    file.write(buffer, 0, buffered);
    passedOn += buffered;
    buffered = 0;
  }
}
