package io.flafka.spooldir.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import org.apache.flume.serialization.DecodeErrorPolicy;

/**
 * From one charset to another, line by line. Where a long line is cut, it is cut between two
 * characters.
 *
 * <p>A line of ASCII is copied where both charsets hold ASCII as it is.
 */
final class Transcoder implements LineText {
  private final Decoding decoding;
  private final OddLines odd;
  private final CharsetDecoder decoder;
  private final boolean keepsAscii;
  private CharBuffer text = CharBuffer.allocate(1 << 10);

  Transcoder(Decoding decoding, OddLines odd) {
    this.decoding = decoding;
    this.odd = odd;
    this.decoder = decoding.input().newDecoder();
    this.keepsAscii = decoding.keepsAscii();
  }

  @Override
  public byte[] body(LineCutter line) throws IOException {
    if (keepsAscii && isAscii(line)) {
      return VERBATIM.body(line);
    }
    decode(line);
    return new String(text.array(), 0, text.position()).getBytes(decoding.output());
  }

  private static boolean isAscii(LineCutter line) {
    byte[] bytes = line.bytes();
    int all = 0;
    for (int i = line.start(), end = i + line.length(); i < end; i++) {
      all |= bytes[i];
    }
    return all >= 0;
  }

  private void decode(LineCutter line) throws IOException {
    reserve(line.length());
    decoder.reset();
    ByteBuffer bytes = ByteBuffer.wrap(line.bytes(), line.start(), line.length());
    boolean whole = !line.isCut();
    boolean good = true;
    CoderResult result = decoder.decode(bytes, text, whole);
    while (result.isError()) {
      long offset = line.startOffset() + bytes.position() - line.start();
      if (decoding.policy() == DecodeErrorPolicy.FAIL) {
        throw odd.refused(offset, decoding);
      }
      if (good) {
        good = false;
        odd.malformed(offset, decoding);
      }
      if (decoding.policy() == DecodeErrorPolicy.REPLACE) {
        text.put(decoder.replacement());
      }
      bytes.position(bytes.position() + result.length());
      result = decoder.decode(bytes, text, whole);
    }
    if (whole) {
      decoder.flush(text);
    }
    line.giveBack(bytes.remaining());
  }

  /** Room for whatever this many bytes may be. */
  private void reserve(int bytes) {
    int most = (int) Math.ceil(bytes * Math.max(1.0, decoder.maxCharsPerByte())) + 2;
    if (text.capacity() < most) {
      text = CharBuffer.allocate(Math.max(most, 2 * text.capacity()));
    }
    text.clear();
  }
}
