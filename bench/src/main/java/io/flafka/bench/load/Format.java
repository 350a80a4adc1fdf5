package io.flafka.bench.load;

import java.io.ByteArrayOutputStream;

/** How an event without headers is a record, as {@code parseAsFlumeEvent} says. */
public enum Format {
  /** An Avro datum: no headers, the body's length as a zig-zag varint, the body. */
  FLUME {
    @Override
    public byte[] value(byte[] body) {
      ByteArrayOutputStream datum = new ByteArrayOutputStream(body.length + 4);
      writeLength(0, datum);
      writeLength(body.length, datum);
      datum.writeBytes(body);
      return datum.toByteArray();
    }
  },
  /** The body alone. */
  RAW {
    @Override
    public byte[] value(byte[] body) {
      return body;
    }
  };

  /** The value of a record that holds this body. */
  public abstract byte[] value(byte[] body);

  /** As Avro writes a long that isn't negative: a zig-zag varint. */
  static void writeLength(int length, ByteArrayOutputStream datum) {
    int rest = 2 * length;
    for (; rest > 0x7f; rest >>>= 7) {
      datum.write((rest & 0x7f) | 0x80);
    }
    datum.write(rest);
  }
}
