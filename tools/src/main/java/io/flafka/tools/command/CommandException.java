package io.flafka.tools.command;

import java.io.IOException;

/** A command can't do what it is asked for; the message says why, and what to do. */
public final class CommandException extends IOException {
  private static final long serialVersionUID = 1L;

  public CommandException(String message) {
    super(message);
  }

  public CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
