package io.flafka.weblog.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpdFormatTest {
  private static final String COMBINED =
      "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"";
  private static final String STAMP = "[15/Sep/2013:23:59:53 +0100]";
  private static final String TIME = millis("2013-09-15T22:59:53Z");

  private static LineReader reader(String format) {
    return LineFormat.parse(format).reader(EnumSet.allOf(Field.class));
  }

  private static String millis(String instant) {
    return Long.toString(Instant.parse(instant).toEpochMilli());
  }

  private static Map<Field, String> fields(LineReader reader, String line) {
    assertThat(reader.read(line.getBytes(UTF_8))).as(line).isNull();
    Map<Field, String> fields = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      String text = reader.text(field);
      if (text != null) {
        fields.put(field, text);
      }
    }
    return fields;
  }

  @Test
  void agreesWithTheOneThatIsReadByHand() {
    LineReader byHand = reader("combined");
    LineReader library = reader(COMBINED);
    for (String line :
        List.of(
            "::1 - bob " + STAMP + " \"GET /a%20b?x=1 HTTP/1.1\" 200 5 \"-\" \"an \\\"agent\\\"\"",
            "h - - " + STAMP + " \"\\x16\\x03\\x01\" 400 - \"-\" \"-\"",
            "h - - " + STAMP + " \"-\" 408 - \"-\" \"\\xc3\\xa9 \\\\ \\n\"\r\n",
            "h - - [31/Dec/2016:23:59:60 +0000] \"GET /x\" 404 0 \"http://r/?q\" \"é\"")) {
      assertThat(fields(library, line)).as(line).isEqualTo(fields(byHand, line));
      assertThat(library.timestamp()).as(line).isEqualTo(byHand.timestamp());
    }
  }

  @Test
  void findsTheSameFieldsInOtherFormats() {
    LineReader reader = reader("%v:%p %a %u %t \\\"%m %U%q %H\\\" %s %O %D");

    assertThat(
            fields(
                reader,
                "www.example:443 2001:db8::1 al " + STAMP + " \"GET /x?y=1 HTTP/2.0\" 200 77 1234"))
        .containsOnly(
            Map.entry(Field.HOST, "2001:db8::1"),
            Map.entry(Field.USER, "al"),
            Map.entry(Field.METHOD, "GET"),
            Map.entry(Field.PATH, "/x?y=1"),
            Map.entry(Field.PROTOCOL, "HTTP/2.0"),
            Map.entry(Field.STATUS, "200"),
            Map.entry(Field.BYTES, "77"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%h %%a %t|h %a [15/Sep/2013:23:59:53 +0100]",
        "%!404,500h %t|h [15/Sep/2013:23:59:53 +0100]",
        "%400a %t|h [15/Sep/2013:23:59:53 +0100]",
        "%h %t|h [15/Sep/2013:23:59:53 +0100]",
        "%h %{%Y-%m-%dT%H:%M:%S%z}t|h 2013-09-15T23:59:53+0100",
        "%h %{msec}t|h 1379285993000",
        "%h %{usec}t|h 1379285993000999",
        "%h %{sec}t|h 1379285993",
        "%h %{begin:sec}t|h 1379285993",
        "%h %{end:msec}t|h 1379285993000",
      })
  void readsTheTimeInItsForms(String formatAndLine) {
    int bar = formatAndLine.indexOf('|');
    LineReader reader = reader(formatAndLine.substring(0, bar));

    assertThat(fields(reader, formatAndLine.substring(bar + 1))).containsEntry(Field.HOST, "h");
    assertThat(reader.timestamp()).isEqualTo(TIME);
  }

  @Test
  void tellsWhatDoesNotMatch() {
    LineReader reader = reader(COMBINED);

    assertThat(reader.read("junk".getBytes(UTF_8))).isEqualTo(Misfit.FORMAT);
    assertThat(reader.read("\r\n".getBytes(UTF_8))).isEqualTo(Misfit.EMPTY);
    assertThat(reader.read(new byte[70_000])).isEqualTo(Misfit.LENGTH);
    assertThat(
            reader.read(
                "h - - [31/Feb/2013:23:59:53 +0100] \"-\" 200 1 \"-\" \"-\"".getBytes(UTF_8)))
        .isEqualTo(Misfit.TIME);
    assertThat(reader.timestamp()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%h %r", "%%", "100%", "%{nonsense", "%h %Z %t", "%h %% %Z %t"})
  void refusesWhatIsOfNoUse(String format) {
    assertThatThrownBy(() -> LineFormat.parse(format)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysThatATimeIsMissing() {
    assertThatThrownBy(() -> LineFormat.parse("%h \"%r\" %>s"))
        .hasMessageContaining("it has no time in it: add %t");
  }

  /** Without care, each of these lines keeps the library busy for hours. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        COMBINED,
        "%a %{c}a %A %t \"%r\" %b",
        "%h %t %r %{A}i %{B}i %{C}i %b",
        "%h %t \"%r\" \"%{A}i\" \"%{B}i\" \"%{C}i\" %b",
        "%{X-Forwarded-For}i %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\" %{c}C",
      })
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void noLineHoldsItUp(String format) {
    LineReader reader = reader(format);
    for (String head :
        List.of(
            "",
            "h " + STAMP + " \"GET ",
            "h " + STAMP + " GET ",
            "h - - " + STAMP + " \"GET ",
            "a a a " + STAMP + " \"")) {
      for (String unit : List.of("a", "1", "f:", " ", "a ", "\"", "\" ", "\" \"", "\\\" ", "- ")) {
        for (int length : new int[] {50, 300, 4_000, 60_000}) {
          String line = head + unit.repeat(length / unit.length());
          Misfit misfit = reader.read(line.getBytes(UTF_8));
          assertThat(misfit).as("%s, %s x %d", head, unit, length).isNotNull();
        }
      }
    }
  }
}
