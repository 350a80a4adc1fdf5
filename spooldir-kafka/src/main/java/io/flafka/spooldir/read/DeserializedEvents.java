package io.flafka.spooldir.read;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.serialization.EventDeserializer;
import org.apache.flume.serialization.EventDeserializerFactory;
import org.apache.flume.serialization.ResettableFileInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a deserializer makes of a file, from its beginning. Whatever it throws is a {@link
 * MalformedFileException}. For one thread.
 */
final class DeserializedEvents implements Closeable {
  private interface Step<T> {
    T take() throws IOException;
  }

  /** What ends the header and each block, and which Flume counts to what follows. Bytes. */
  private static final int AVRO_SYNC_MARKER = 16;

  private final Path file;
  private final String name;
  private final MarkInMemory mark;
  private final ResettableFileInputStream stream;
  private final EventDeserializer deserializer;
  private final Queue<Event> read = new ArrayDeque<>();
  private long count;
  private long consumed;

  /**
   * Starts reading.
   *
   * @throws IOException if the file can't be opened, or the deserializer refuses it
   */
  DeserializedEvents(Path file, DeserializerFormat format) throws IOException {
    this.file = file;
    this.name = format.deserializer();
    this.mark = new MarkInMemory(file.toString());
    this.stream =
        new ResettableFileInputStream(
            file.toFile(),
            mark,
            ResettableFileInputStream.DEFAULT_BUF_SIZE,
            format.charset(),
            format.policy());
    try {
      this.deserializer =
          attempt(
              () ->
                  EventDeserializerFactory.getInstance(
                      format.deserializer(), new Context(format.keys()), stream));
    } catch (MalformedFileException e) {
      stream.close();
      throw e;
    }
  }

  /** The next one; null at the end. */
  @Nullable Event next() throws IOException {
    if (read.isEmpty()) {
      // One at a time, as stock Flume does with a batch size of 1: where it fails at the second of
      // two, the first is not lost.
      read.addAll(attempt(() -> deserializer.readEvents(1)));
    }
    consumed = stream.tell();
    Event event = read.poll();
    if (event != null) {
      count++;
    } else if (name.equals(DeserializerFormat.AVRO)) {
      requireWholeBlocks();
    }
    return event;
  }

  /** To Avro itself, a block that the file's end cuts off is not there. */
  private void requireWholeBlocks() throws IOException {
    deserializer.mark();
    if (mark.getPosition() + AVRO_SYNC_MARKER != stream.length()) {
      throw broken("the file ends inside a block");
    }
  }

  /** How many were read. */
  long count() {
    return count;
  }

  /** What stock Flume would store as the position, once these events were delivered. */
  long mark() throws IOException {
    if (count > 0) {
      attempt(
          () -> {
            deserializer.mark();
            return mark;
          });
    }
    return mark.getPosition();
  }

  /** How far the file was read, bytes. */
  long consumed() {
    return consumed;
  }

  private <T> T attempt(Step<T> step) throws IOException {
    try {
      return step.take();
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // Avro takes a length that it reads for an array to be made, however long: that is no lack of
      // memory.
      if (e.getCause() instanceof ClosedByInterruptException interrupted) {
        throw interrupted;
      }
      throw new MalformedFileException(message("it fails with " + e), e);
    }
  }

  /** What to throw where there is no way on. */
  MalformedFileException broken(String what) {
    return new MalformedFileException(message(what));
  }

  private String message(String what) {
    return "%s: deserializer = %s: %s, after event %d, near byte %d. The file is corrupt, still being written, or nothing for this deserializer"
        .formatted(file, name, what, count, consumed);
  }

  @Override
  public void close() throws IOException {
    try (stream) {
      deserializer.close();
    }
  }
}
