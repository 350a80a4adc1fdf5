package io.flafka.spooldir.read;

import java.io.IOException;

/**
 * A file holds what its format, as configured, forbids: reading it again won't help. The message
 * says where, and which key or what in the file to change.
 */
public final class MalformedFileException extends IOException {
  private static final long serialVersionUID = 1;

  MalformedFileException(String message) {
    super(message);
  }

  MalformedFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
