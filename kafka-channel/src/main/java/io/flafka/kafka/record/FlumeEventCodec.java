package io.flafka.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Events in the bytes that stock Flume writes for {@code AvroFlumeEvent}: a bare Avro datum of
 * {@code record { map<string> headers; bytes body; }}, without magic or schema fingerprint.
 *
 * <pre>
 * headers  n  (length key  length value){n}  0     only the 0 if there are none
 * body     length  bytes
 *
 * 02 06 'key' 04 'ab' 00 0a 'hello'                {key=ab}, hello
 * </pre>
 *
 * <p>Every number is a zig-zag varint. This writes the headers as one block; it reads any number of
 * blocks, and negative counts, after which Avro gives the block's size. No length is believed
 * before it is compared with what is left of the bytes, so hostile ones allocate nothing.
 *
 * <p>Stateless, for any thread.
 */
final class FlumeEventCodec {
  private FlumeEventCodec() {}

  /** Writes an event. A header whose name or value is null says nothing and is left out. */
  static byte[] encode(Map<String, String> headers, byte[] body) {
    byte[][] strings = new byte[2 * headers.size()][];
    int count = 0;
    int size = 1 + sizeOf(body.length) + body.length;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (header.getKey() != null && header.getValue() != null) {
        byte[] key = header.getKey().getBytes(UTF_8);
        byte[] value = header.getValue().getBytes(UTF_8);
        size += sizeOf(key.length) + key.length + sizeOf(value.length) + value.length;
        strings[count++] = key;
        strings[count++] = value;
      }
    }
    int entries = count / 2;
    Output out = new Output(new byte[size + (entries == 0 ? 0 : sizeOf(entries))]);
    if (entries > 0) {
      out.number(entries);
    }
    for (int i = 0; i < count; i++) {
      out.bytes(strings[i]);
    }
    out.number(0);
    out.bytes(body);
    return out.bytes;
  }

  /**
   * Reads an event, copying what it keeps.
   *
   * @param texts reads its headers
   * @throws MalformedEventException if the bytes are not exactly one event
   */
  static RecordEvent decode(ByteBuffer datum, RecentTexts texts) throws MalformedEventException {
    Input in = new Input(datum);
    Map<String, String> headers = null;
    int read = 0;
    for (long entries = in.blockCount(); entries > 0; entries = in.blockCount()) {
      if (headers == null) {
        headers = new HashMap<>(capacity(entries));
      }
      for (long i = 0; i < entries; i++) {
        headers.put(in.text(texts, read++), in.text(texts, read++));
      }
    }
    byte[] body = in.bytes();
    in.end();
    return new RecordEvent(body, headers);
  }

  /** For so many headers, and a few more that the record may add. */
  private static int capacity(long entries) {
    return 2 + 2 * (int) Math.min(entries, 7);
  }

  /** How many bytes a number that is not negative takes: seven bits a byte, after doubling. */
  private static int sizeOf(int number) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(((long) number << 1) | 1);
    return (bits + 6) / 7;
  }

  private static final class Output {
    final byte[] bytes;
    private int at;

    Output(byte[] bytes) {
      this.bytes = bytes;
    }

    void number(int number) {
      long rest = (long) number << 1;
      while (rest > 0x7f) {
        bytes[at++] = (byte) ((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      bytes[at++] = (byte) rest;
    }

    void bytes(byte[] value) {
      number(value.length);
      System.arraycopy(value, 0, bytes, at, value.length);
      at += value.length;
    }
  }

  private static final class Input {
    private final ByteBuffer bytes;
    private final int start;

    Input(ByteBuffer bytes) {
      this.bytes = bytes;
      this.start = bytes.position();
    }

    long number() throws MalformedEventException {
      int at = at();
      long value = 0;
      for (int shift = 0; shift < Long.SIZE; shift += 7) {
        if (!bytes.hasRemaining()) {
          throw new MalformedEventException("it ends inside the number at byte " + at);
        }
        byte next = bytes.get();
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          return (value >>> 1) ^ -(value & 1);
        }
      }
      throw new MalformedEventException("the number at byte " + at + " never ends");
    }

    long blockCount() throws MalformedEventException {
      int at = at();
      long count = number();
      if (count < 0) {
        number(); // The block's size in bytes, for readers that skip it.
        count = -count;
      }
      if (count < 0) { // The least of all numbers stays negative.
        throw new MalformedEventException("the header count at byte " + at + " is none");
      }
      return count;
    }

    String text(RecentTexts texts, int place) throws MalformedEventException {
      return texts.read(place, bytes, length());
    }

    byte[] bytes() throws MalformedEventException {
      return read(length());
    }

    void end() throws MalformedEventException {
      if (bytes.hasRemaining()) {
        throw new MalformedEventException(bytes.remaining() + " bytes follow the event");
      }
    }

    private int length() throws MalformedEventException {
      int at = at();
      long length = number();
      if (length < 0 || length > bytes.remaining()) {
        throw new MalformedEventException(
            "length "
                + length
                + " at byte "
                + at
                + " exceeds the "
                + bytes.remaining()
                + " bytes left");
      }
      return (int) length;
    }

    private byte[] read(int length) {
      byte[] read = new byte[length];
      bytes.get(read);
      return read;
    }

    private int at() {
      return bytes.position() - start;
    }
  }
}
