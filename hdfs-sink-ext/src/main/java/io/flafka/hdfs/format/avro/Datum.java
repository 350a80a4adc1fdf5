package io.flafka.hdfs.format.avro;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Looks through bytes for whether they are one datum of a schema, in Avro's binary encoding, and
 * nothing more. Whatever the bytes are, it ends soon and takes no memory, which Avro's own decoder
 * doesn't promise.
 */
final class Datum {
  /** Deeper than any program's data; a stack holds it. */
  private static final int DEEPEST = 500;

  private final ByteBuffer bytes;
  private int depth;

  private Datum(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Checks some bytes.
   *
   * @throws IllegalArgumentException if they are no such datum; the message says where it breaks
   */
  static void check(Schema schema, byte[] bytes) {
    Datum datum = new Datum(bytes);
    datum.pass(schema);
    if (datum.bytes.hasRemaining()) {
      throw datum.wrong("there are " + datum.bytes.remaining() + " bytes too many");
    }
  }

  private void pass(Schema schema) {
    if (++depth > DEEPEST) {
      throw wrong("it is nested too deep");
    }
    switch (schema.getType()) {
      case RECORD -> {
        List<Schema.Field> fields = schema.getFields();
        for (int i = 0; i < fields.size(); i++) {
          pass(fields.get(i).schema());
        }
      }
      case UNION -> pass(schema.getTypes().get(index(schema.getTypes().size())));
      case ARRAY -> items(schema.getElementType(), false);
      case MAP -> items(schema.getValueType(), true);
      case ENUM -> index(schema.getEnumSymbols().size());
      case STRING, BYTES -> skip(length());
      case FIXED -> skip(schema.getFixedSize());
      case INT -> {
        long number = number();
        if (number != (int) number) {
          throw wrong("an int has too many bits");
        }
      }
      case LONG -> number();
      case FLOAT -> skip(Float.BYTES);
      case DOUBLE -> skip(Double.BYTES);
      case BOOLEAN -> {
        int value = next();
        if (value != 0 && value != 1) {
          throw wrong("a boolean is neither true nor false");
        }
      }
      case NULL -> {}
    }
    depth--;
  }

  /** An array or a map: blocks of items, each with its number before it, the last one's is 0. */
  private void items(Schema item, boolean named) {
    for (long count = number(); count != 0; count = number()) {
      if (count < 0) {
        count = -count;
        number(); // The block's length, which one needs for skipping only.
      }
      if (count < 0) {
        throw wrong("a block has an impossible length");
      }
      for (long i = 0; i < count; i++) {
        int before = bytes.position();
        if (named) {
          skip(length());
        }
        pass(item);
        if (bytes.position() == before) {
          break; // They take no space, so none of them can be wrong.
        }
      }
    }
  }

  private int index(int size) {
    long index = number();
    if (index < 0 || index >= size) {
      throw wrong("there is no choice number " + index);
    }
    return (int) index;
  }

  private int length() {
    long length = number();
    if (length < 0 || length > bytes.remaining()) {
      throw wrong("a length of " + length + " can't be");
    }
    return (int) length;
  }

  private void skip(int length) {
    if (length > bytes.remaining()) {
      throw wrong("it ends too early");
    }
    bytes.position(bytes.position() + length);
  }

  private int next() {
    if (!bytes.hasRemaining()) {
      throw wrong("it ends too early");
    }
    return bytes.get();
  }

  private long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int b = next();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw wrong("a number doesn't end");
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("at byte " + bytes.position() + ": " + what);
  }
}
