package io.flafka.hdfs.file;

/**
 * What became of the attempt to close a file for its writer.
 *
 * @param reason what the file system says of its holder; empty unless it is held
 */
public record Claim(State state, String reason) {
  /** The file is closed, so that its length is final. */
  public static final Claim CLOSED = new Claim(State.CLOSED, "");

  /** The file system is closing it, which takes some seconds; {@link HdfsClient#isClosed} tells. */
  public static final Claim CLOSING = new Claim(State.CLOSING, "");

  /** How far it came. */
  public enum State {
    CLOSED,
    CLOSING,
    HELD
  }

  /** Its writer lives, and nothing has been done to it. */
  public static Claim held(String reason) {
    return new Claim(State.HELD, reason);
  }
}
