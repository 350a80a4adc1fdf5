package io.flafka.hdfs.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Calendar;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import org.apache.flume.formatter.output.BucketPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final TimeZone UTC = TimeZone.getTimeZone("UTC");
  private static final String ALL =
      "/r/%a/%A/%b/%B/%d/%e/%D/%H/%I/%j/%k/%l/%m/%n/%M/%p/%s/%S/%t/%y/%Y/%z/%{h.o-st_1}/%%/50%/%"
          + " /x";

  private static String fill(String path, Map<String, String> headers) throws UnresolvedEscape {
    return Template.directory(path, UTC).fill(null, headers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"})
  void givesTheSameBytesAsStockFlume(String id) throws Exception {
    TimeZone zone = TimeZone.getTimeZone(id);
    Template template = Template.directory(ALL, zone);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      long millis = random.nextLong(4_000_000_000_000L);
      Map<String, String> headers =
          Map.of("timestamp", Long.toString(millis), "h.o-st_1", "a$b\\c/é" + i);
      Moment moment = new Moment(millis, Long.toString(millis));
      assertThat(template.fill(moment, headers))
          .as("seed %s", seed)
          .isEqualTo(BucketPath.escapeString(ALL, headers, zone, false, Calendar.SECOND, 1, false));
    }
  }

  @Test
  void resolvesTheHostAsStockDoes() throws Exception {
    String path = "/%[localhost]/%[IP]/%[fqdn]";
    assertThat(fill(path, Map.of())).isEqualTo(BucketPath.escapeString(path, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "/logs/%{h}, ../../etc, /logs/__/__/etc",
    "/logs/%{h}, /etc, /logs/etc",
    "/%{h}/logs, '', /logs",
    "/logs/%{h}/x, ., /logs/_/x",
    "/logs/%{h}%{h}/x, ., /logs/__/x",
    "/logs/%{h}/x, a..b, /logs/a..b/x",
    "/logs/%{h}, hdfs://evil/x, /logs/hdfs_/evil/x",
    "/a/../logs/%{h}, .., /a/../logs/__",
    "%{h}/x, .., __/x",
  })
  void neverLeadsOutOfTheRoot(String path, String value, String filled) throws Exception {
    assertThat(fill(path, Map.of("h", value))).isEqualTo(filled);
  }

  @Test
  void makesNoNameThatIsTooLongForHdfs() throws Exception {
    assertThat(fill("/logs/%{h}/x", Map.of("h", "\u00fc".repeat(300))))
        .isEqualTo("/logs/" + "\u00fc".repeat(127) + "/x");
  }

  @ParameterizedTest
  @CsvSource({
    "/logs/%{h}/x, .snapshot, /logs/_.snapshot/x",
    "/%{h}, .reserved, /_.reserved",
    "/logs/%{h}, _flafka, /logs/__flafka",
    "/logs/%{h}, .snapshots, /logs/.snapshots",
  })
  void makesNoNameThatIsReserved(String path, String value, String filled) throws Exception {
    assertThat(fill(path, Map.of("h", value))).isEqualTo(filled);
  }

  /** And takes no time for what nobody wants to know. */
  @Test
  @Timeout(5)
  void makesNoPathThatIsTooLongOrTooDeepForHdfsOrLinux() throws Exception {
    assertThat(fill("/logs/%{h}", Map.of("h", "a/".repeat(1000))))
        .isEqualTo("/logs" + "/a".repeat(500));
    assertThat(fill("/logs/%{h}", Map.of("h", "x".repeat(200).concat("/").repeat(100))))
        .isEqualTo("/logs" + "/".concat("x".repeat(200)).repeat(18));
    assertThat(fill("/logs/%{h}", Map.of("h", "\uD83D\uDE00".repeat(1_000_000))))
        .isEqualTo("/logs/" + "\uD83D\uDE00".repeat(63));
  }

  @Test
  void replacesControlCharacters() throws Exception {
    assertThat(fill("/%{h}", Map.of("h", "a\nb\u0000c"))).isEqualTo("/a_b_c");
  }

  @Test
  void keepsNamesInOneDirectory() throws Exception {
    assertThat(Template.name("x-%{h}", UTC).fill(null, Map.of("h", "a/b"))).isEqualTo("x-a_b");
    assertThatThrownBy(() -> Template.name("a/b", UTC))
        .hasMessage("directories belong into hdfs.path");
  }

  @ParameterizedTest
  @CsvSource({
    "/a/%q, unknown escape %q",
    "/a/%1, unknown escape %1",
    "/a/%{h, the escape '%{h' is not a name",
    "/a/%{a b}, the escape '%{a b}' is not a name",
    "/a/%[mac], unknown escape %[mac]",
    "hdfs://%{nn}/x, an escape can't name the file system",
  })
  void refusesWhatMeansNothing(String path, String message) {
    assertThatThrownBy(() -> Template.directory(path, UTC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "hdfs://nn:8020/logs/%Y, hdfs://nn:8020/logs/",
    "/logs/dt=%Y-%m, /logs/",
    "/logs, /logs",
    "%{h}/x, ''",
  })
  void knowsItsRoot(String path, String root) {
    assertThat(Template.directory(path, UTC).root()).isEqualTo(root);
  }

  /** Of an event that has a header {@code h} and nothing else. */
  @ParameterizedTest
  @CsvSource({
    "hdfs://nn:8020/logs/%Y-%m-%d/%H, hdfs://nn:8020/logs/unknown/unknown",
    "/logs/%{h}/%{x}/%{h}, /logs/v/unknown/v",
    "/logs/host-%{x}-%{h}/y, /logs/host-unknown/y",
    "/logs/dt=%Y-%m/host=%{h}, /logs/dt=__HIVE_DEFAULT_PARTITION__/host=v",
    "/logs/%{h}=%{x}, /logs/unknown",
    "/logs/%{h}/x, /logs/v/x",
    "/logs, /logs",
    "%{x}/%{h}, unknown/v",
  })
  void whatIsUnknownHasAPlaceOfItsOwnAndWhatIsKnownIsKept(String path, String filled) {
    assertThat(Template.directory(path, UTC).fillKnown(null, Map.of("h", "v"))).isEqualTo(filled);
    assertThat(Template.name("p-%{x}", UTC).fillKnown(null, Map.of())).isEqualTo("unknown");
  }

  @Test
  void namesWhatAnEventLacks() {
    assertThatThrownBy(() -> fill("/%{h}", Map.of())).hasMessageContaining("no header 'h'");
    assertThatThrownBy(() -> fill("/%Y", Map.of())).hasMessageContaining("timestamp");
  }
}
