package io.flafka.hdfs.compression;

import io.flafka.hdfs.file.Crew;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Members of gzip (RFC 1952), cut into blocks that are deflated side by side.
 *
 * <p>A member is ten bytes of header, a stream of deflate (RFC 1951), and eight bytes of trailer.
 * The stream is what became of the blocks, in their order; no reader can tell that it was made in
 * pieces, and it is the same whichever thread makes them. For example, in hexadecimal, a member of
 * {@code a}:
 *
 * <pre>
 * 1f 8b 08  00  00000000  00  ff    4b 04 00    43beb7e8      01000000
 * deflate   no flags, time or system            CRC-32        length, both little-endian
 * </pre>
 *
 * <p>Only the caller writes to the file: what the threads have finished at its next call, in order.
 * The file's first block is the caller's, so that it is soon known how small the content becomes;
 * and so is a member's last one, for which the caller would have to wait anyway.
 */
final class GzipMembers implements Members {
  private static final byte[] HEADER = {
    0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff
  };

  private final Deflation deflation;
  private final OutputStream file;
  private final Deque<UnderWay> underWay = new ArrayDeque<>();
  private final CRC32 crc = new CRC32();
  private @Nullable Block block;
  private long length;
  private long held;
  private boolean first = true;
  private boolean closed;

  /** A block that a thread deflates, or has deflated. */
  private record UnderWay(int length, Future<byte[]> deflated) {}

  GzipMembers(Deflation deflation, OutputStream file) {
    this.deflation = deflation;
    this.file = file;
    deflation.join();
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    writeFinished();
    Block current = begun();
    crc.update(bytes, offset, count);
    length += count;
    held += count;
    int taken = current.add(bytes, offset, count);
    while (taken < count) {
      current = next(current);
      taken += current.add(bytes, offset + taken, count - taken);
    }
  }

  @Override
  public void end() throws IOException {
    Block last = begun();
    byte[] deflated = deflation.deflate(last, true);
    while (!underWay.isEmpty()) {
      writeOldest();
    }
    file.write(deflated);
    writeNumber(crc.getValue());
    writeNumber(length);
    deflation.recycle(last);
    block = null;
    held = 0;
  }

  @Override
  public long held() {
    return held;
  }

  private Block begun() throws IOException {
    Block current = block;
    if (current == null) {
      file.write(HEADER);
      crc.reset();
      length = 0;
      current = Block.first();
      block = current;
    }
    return current;
  }

  /** The block behind a full one, which gets on its way. */
  private Block next(Block full) throws IOException {
    Block next = full.next(deflation.buffer());
    send(full);
    block = next;
    return next;
  }

  private void send(Block full) throws IOException {
    while (!first) {
      Future<byte[]> deflated = deflation.submit(full);
      if (deflated != null) {
        underWay.add(new UnderWay(full.length(), deflated));
        return;
      }
      if (underWay.isEmpty()) {
        break; // What there are too many of is other files'.
      }
      writeOldest();
    }
    file.write(deflation.deflate(full, false));
    held -= full.length();
    deflation.recycle(full);
    first = false;
  }

  private void writeFinished() throws IOException {
    while (!underWay.isEmpty() && underWay.element().deflated().isDone()) {
      writeOldest();
    }
  }

  /** If that fails, the block stays the oldest, so that nothing behind it is ever written. */
  private void writeOldest() throws IOException {
    UnderWay oldest = underWay.element();
    byte[] deflated = Crew.await(oldest.deflated());
    file.write(deflated);
    deflation.written(deflated);
    held -= oldest.length();
    underWay.remove();
  }

  private void writeNumber(long number) throws IOException {
    for (int shift = 0; shift < 32; shift += 8) {
      file.write((int) (number >>> shift));
    }
  }

  /** Waits for the blocks that are under way, which are a few milliseconds' work. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    underWay.forEach(this::giveUp);
    underWay.clear();
    if (block != null) {
      deflation.recycle(block);
      block = null;
    }
    deflation.leave();
  }

  private void giveUp(UnderWay one) {
    try {
      deflation.written(Crew.await(one.deflated()));
    } catch (IOException e) {
      return; // So is the file, and whoever wrote to it knows.
    }
  }
}
