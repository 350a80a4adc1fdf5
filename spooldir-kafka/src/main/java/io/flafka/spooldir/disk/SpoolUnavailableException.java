package io.flafka.spooldir.disk;

import org.jspecify.annotations.Nullable;

/**
 * The spooling directory as a whole can't be worked with now: it is missing, not writable, locked
 * by someone else, or its position can't be stored. The message is for the operator.
 */
public final class SpoolUnavailableException extends Exception {
  private static final long serialVersionUID = 1;

  public SpoolUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
