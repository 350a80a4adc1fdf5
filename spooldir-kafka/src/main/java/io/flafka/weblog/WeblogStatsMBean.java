package io.flafka.weblog;

/** What an interceptor counts, as JMX has it. */
public interface WeblogStatsMBean {
  /** The {@code format}, to tell several apart. */
  String getFormat();

  /** Lines that are of the format. */
  long getParsedCount();

  /** Lines that aren't. */
  long getUnparsedCount();

  /** The same by reason: {@code request=3, time=17}. */
  String getUnparsedByReason();
}
