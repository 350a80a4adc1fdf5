package io.flafka.weblog.line;

import java.util.Set;

/**
 * Apache's common log format and its combined one, which nginx writes by default:
 *
 * <pre>
 * host ident user [time] "request" status bytes
 * host ident user [time] "request" status bytes "referer" "user agent"
 * </pre>
 *
 * <p>Behind what is told here there may be more, after a blank.
 */
record AccessLogFormat(boolean combined) implements LineFormat {
  @Override
  public Set<Field> fields() {
    return combined ? Field.COMBINED : Field.COMMON;
  }

  @Override
  public LineReader reader(Set<Field> wanted) {
    return new AccessLogReader(combined, wanted.stream().anyMatch(Field.OF_REQUEST::contains));
  }
}
