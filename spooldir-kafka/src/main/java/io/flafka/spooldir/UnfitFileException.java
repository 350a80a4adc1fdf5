package io.flafka.spooldir;

import org.jspecify.annotations.Nullable;

/**
 * One file can't be read to its end or can't be retired; the others can. The message is for the
 * operator.
 */
final class UnfitFileException extends Exception {
  private static final long serialVersionUID = 1;

  UnfitFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
