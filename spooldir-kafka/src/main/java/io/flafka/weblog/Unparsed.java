package io.flafka.weblog;

import io.flafka.delivery.DeadLetterMark;
import io.flafka.weblog.line.Misfit;
import org.apache.flume.Event;

/** What happens to events whose lines are none of their format. */
enum Unparsed {
  PASS("passed on as they are") {
    @Override
    boolean keeps(Event event, Misfit misfit) {
      return true;
    }
  },

  /** A selector can send them another way. */
  HEADER("passed on with a header " + Unparsed.REASON) {
    @Override
    boolean keeps(Event event, Misfit misfit) {
      event.getHeaders().put(REASON, misfit.reason());
      return true;
    }
  },

  DROP("dropped") {
    @Override
    boolean keeps(Event event, Misfit misfit) {
      return false;
    }
  },

  DEADLETTER("marked as dead letters") {
    @Override
    boolean keeps(Event event, Misfit misfit) {
      DeadLetterMark.set(event, "no web log line: " + misfit.reason());
      return true;
    }
  };

  /** The header that says why. */
  static final String REASON = "unparsed";

  private final String fate;

  Unparsed(String fate) {
    this.fate = fate;
  }

  /** For messages. */
  String fate() {
    return fate;
  }

  /** Does it, and says whether the event goes on. */
  abstract boolean keeps(Event event, Misfit misfit);

  /** Takes back what was said of an event when its line was read by another format. */
  static void forgive(Event event) {
    event.getHeaders().remove(REASON);
    DeadLetterMark.remove(event);
  }
}
