package io.flafka.spooldir.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.config.Settings;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import org.apache.flume.serialization.DecodeErrorPolicy;

/**
 * From one charset to another.
 *
 * @param input what is in the file
 * @param output what is to be in the events
 * @param policy what to do with bytes that are not in {@code input}
 */
record Decoding(Charset input, Charset output, DecodeErrorPolicy policy) {
  static final String CHARSET =
      "a charset that this JVM knows, for example UTF-8, ISO-8859-1 or UTF-16LE";

  /** Reads the keys; nothing if lines are to pass through as they are. */
  static Optional<Decoding> parse(Settings settings) {
    Decoding decoding =
        new Decoding(
            settings.parsed("inputCharset", UTF_8, Decoding::lineCharset, CHARSET),
            settings.parsed("deserializer.outputCharset", UTF_8, Decoding::outputCharset, CHARSET),
            settings.choice("decodeErrorPolicy", DecodeErrorPolicy.FAIL));
    if (settings.isSet("inputCharset") || !decoding.output.equals(UTF_8)) {
      return Optional.of(decoding);
    }
    settings.withoutEffect(
        "decodeErrorPolicy",
        "lines pass through unchanged, malformed or not, unless inputCharset is set");
    return Optional.empty();
  }

  private static Charset lineCharset(String name) {
    Charset charset = charset(name);
    if (!isStateless(ByteOrderMark.withoutMark(charset))) {
      throw new IllegalArgumentException(
          "in " + name + " a line can't be told without those before it");
    }
    return charset;
  }

  private static Charset outputCharset(String name) {
    Charset charset = charset(name);
    if (!charset.canEncode()) {
      throw new IllegalArgumentException("nothing can be written in " + name);
    }
    return charset;
  }

  static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(null, e); // Its message is the name.
    }
  }

  private static boolean isStateless(Charset charset) {
    if (!charset.canEncode()) {
      return false;
    }
    byte[] newline = "\n".getBytes(charset);
    byte[] carriageReturn = "\r".getBytes(charset);
    return "\n".equals(new String(newline, charset))
        && newline.length == carriageReturn.length
        && (newline.length > 1 || hasNoShifts(charset));
  }

  /** Where Shift Out, Shift In or Escape are no characters, they change what follows. */
  private static boolean hasNoShifts(Charset charset) {
    return isCharacter(charset, 0x0e) && isCharacter(charset, 0x0f) && isCharacter(charset, 0x1b);
  }

  private static boolean isCharacter(Charset charset, int value) {
    try {
      CharBuffer decoded = charset.newDecoder().decode(ByteBuffer.wrap(new byte[] {(byte) value}));
      return decoded.length() == 1;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Whether a line of ASCII is the same bytes before and after. */
  boolean keepsAscii() {
    byte[] ascii = new byte[128];
    for (int i = 0; i < ascii.length; i++) {
      ascii[i] = (byte) i;
    }
    return Arrays.equals(ascii, new String(ascii, input).getBytes(output));
  }

  /** How lines end in the file. */
  LineEnd lineEnd() {
    return new LineEnd("\n".getBytes(input), "\r".getBytes(input));
  }

  /** The same for a file that says by its first bytes which charset it is in. */
  Decoding from(Charset found) {
    return new Decoding(found, output, policy);
  }
}
