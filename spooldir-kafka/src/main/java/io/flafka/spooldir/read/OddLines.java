package io.flafka.spooldir.read;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the odd lines of one file: the first of each kind in the log, all to the watch. */
final class OddLines {
  private static final Logger log = LoggerFactory.getLogger(OddLines.class);

  private final Path file;
  private final ReadWatch watch;
  private boolean hadOverlong;
  private boolean hadMalformed;

  OddLines(Path file, ReadWatch watch) {
    this.file = file;
    this.watch = watch;
  }

  /**
   * A line is too long.
   *
   * @param offset where it begins
   * @throws MalformedFileException if its file is not to be read any further
   */
  void overlong(long offset, LineLimit limit) throws MalformedFileException {
    watch.overlong();
    if (limit.overlong() == Overlong.QUARANTINE) {
      throw new MalformedFileException(
          ("%s: the line at byte %d is longer than deserializer.maxLineLength = %d bytes, and"
               + " overlong = quarantine. Raise deserializer.maxLineLength, or set overlong = split"
               + " or overlong = truncate")
              .formatted(file, offset, limit.longest()));
    }
    if (!hadOverlong) {
      hadOverlong = true;
      log.warn(
          "{}: the line at byte {} is longer than deserializer.maxLineLength = {} bytes; {}",
          file,
          offset,
          limit.longest(),
          limit.overlong() == Overlong.SPLIT
              ? "it and its like are made several events each"
              : "the rest of it and of its like is dropped");
    }
  }

  /**
   * What stands at an offset is not in the charset, and was made good.
   *
   * @param decoding what it was made good by
   */
  void malformed(long offset, Decoding decoding) {
    watch.malformed();
    if (!hadMalformed) {
      hadMalformed = true;
      log.warn(
          "{}: byte {} is not {}; what is malformed is dealt with by decodeErrorPolicy = {}, here"
              + " and further on",
          file,
          offset,
          decoding.input(),
          decoding.policy());
    }
  }

  /** The same where it is not to be made good. */
  MalformedFileException refused(long offset, Decoding decoding) {
    return new MalformedFileException(
        ("%s: byte %d is not inputCharset = %s, and decodeErrorPolicy = FAIL. Correct inputCharset,"
                + " or set decodeErrorPolicy = REPLACE or IGNORE")
            .formatted(file, offset, decoding.input()));
  }
}
