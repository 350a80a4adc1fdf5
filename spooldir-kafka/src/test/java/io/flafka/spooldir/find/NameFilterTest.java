package io.flafka.spooldir.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NameFilterTest {
  private static NameFilter filter(String include, String ignore) {
    return new NameFilter(".COMPLETED", Pattern.compile(include), Pattern.compile(ignore));
  }

  private final NameFilter stock = filter("^.*$", "^$");

  @Test
  void admitsOrdinaryNames() {
    assertThat(stock.admitsFile("access.log")).isTrue();
    assertThat(stock.admitsFile("access.log.1")).isTrue();
    assertThat(stock.admitsFile("2013")).isTrue();
    assertThat(stock.admitsFile("x.COMPLETED.gz")).isTrue();
    assertThat(stock.admitsFile("x.COMPLETED1")).isTrue();
  }

  @Test
  void passesOverWhatIsHiddenOrFinished() {
    assertThat(stock.admitsFile(".access.log")).isFalse();
    assertThat(stock.admitsFile("access.log.COMPLETED")).isFalse();
    assertThat(stock.admitsFile("access.log.12.COMPLETED")).isFalse();
  }

  @Test
  void matchesPatternsAgainstTheWholeName() {
    assertThat(filter("access", "^$").admitsFile("access.log")).isFalse();
    assertThat(filter("access.*", "^$").admitsFile("access.log")).isTrue();
    assertThat(filter(".*", ".*\\.tmp").admitsFile("access.tmp")).isFalse();
  }

  @Test
  void appliesIgnoreButNotIncludeToDirectories() {
    NameFilter filter = filter(".*\\.log", "old.*");

    assertThat(filter.admitsDirectory("2013")).isTrue();
    assertThat(filter.admitsDirectory("old2012")).isFalse();
    assertThat(filter.admitsDirectory(".flumespool")).isFalse();
  }
}
