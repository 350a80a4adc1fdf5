package io.flafka.tools.audit;

import java.io.IOException;

/** The question can't be answered; the message says why, and what to do. */
final class AuditException extends IOException {
  private static final long serialVersionUID = 1L;

  AuditException(String message) {
    super(message);
  }

  AuditException(String message, Throwable cause) {
    super(message, cause);
  }
}
