package io.flafka.weblog.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogReaderTest {
  private static final String STAMP = "[15/Sep/2013:23:59:53 +0100]";
  private static final String TIME = millis("2013-09-15T22:59:53Z");
  private static final String REQUEST = "\"GET / HTTP/1.1\"";

  private final LineReader common = reader("common");
  private final LineReader combined = reader("combined");

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

  private static Misfit misfit(LineReader reader, String line) {
    Misfit misfit = reader.read(line.getBytes(ISO_8859_1));
    assertThat(misfit).as(line).isNotNull();
    return misfit == null ? Misfit.EMPTY : misfit;
  }

  @Test
  void readsACommonLine() {
    assertThat(
            fields(
                common,
                "10.1.2.3 id7 alice " + STAMP + " \"POST /a/b.php?id=7&x=%20 HTTP/1.0\" 302 1388"))
        .containsExactlyEntriesOf(
            new EnumMap<>(
                Map.of(
                    Field.HOST, "10.1.2.3",
                    Field.IDENT, "id7",
                    Field.USER, "alice",
                    Field.REQUEST, "POST /a/b.php?id=7&x=%20 HTTP/1.0",
                    Field.METHOD, "POST",
                    Field.PATH, "/a/b.php",
                    Field.QUERY, "id=7&x=%20",
                    Field.PROTOCOL, "HTTP/1.0",
                    Field.STATUS, "302",
                    Field.BYTES, "1388")));
    assertThat(common.timestamp()).isEqualTo(TIME);
  }

  @Test
  void readsACombinedLine() {
    assertThat(
            fields(
                combined,
                "h - - "
                    + STAMP
                    + " \"GET /x HTTP/2.0\" 200 5 \"https://a.example/?q=1\" \"Mozilla/5.0"
                    + " (X11)\""))
        .containsEntry(Field.REFERER, "https://a.example/?q=1")
        .containsEntry(Field.USER_AGENT, "Mozilla/5.0 (X11)")
        .containsEntry(Field.PATH, "/x")
        .doesNotContainKeys(Field.IDENT, Field.USER, Field.QUERY);
  }

  /** Two blanks before the agent, and no space for more than seconds. */
  @Test
  void readsALineOfTheCourse() {
    assertThat(
            fields(
                combined,
                "116.180.70.237 - 128 "
                    + STAMP
                    + " \"GET /KBDOC-00031.html HTTP/1.0\" 200 1388 \"http://www.loudacre.com\" "
                    + " \"Loudacre CSR Browser\""))
        .containsEntry(Field.USER, "128")
        .containsEntry(Field.USER_AGENT, "Loudacre CSR Browser");
  }

  /** It closes a request that never came with 400, and has its own way of escaping. */
  @Test
  void readsWhatNginxWrites() {
    LineReader nginx = reader("nginx");

    assertThat(
            fields(
                nginx,
                "2001:db8::7 - - "
                    + STAMP
                    + " \"\\x16\\x03\\x01\\x02\\x00\" 400 157 \"-\" \"say \\x22hi\\x22 \\x5C\""))
        .containsOnly(
            Map.entry(Field.HOST, "2001:db8::7"),
            Map.entry(Field.REQUEST, "\\x16\\x03\\x01\\x02\\x00"),
            Map.entry(Field.STATUS, "400"),
            Map.entry(Field.BYTES, "157"),
            Map.entry(Field.USER_AGENT, "say \\x22hi\\x22 \\x5C"));
    assertThat(fields(nginx, "unix: - - " + STAMP + " \"\" 000 0 \"-\" \"-\""))
        .containsOnly(
            Map.entry(Field.HOST, "unix:"),
            Map.entry(Field.STATUS, "000"),
            Map.entry(Field.BYTES, "0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::1",
        "2001:db8:0:0:1:0:0:1",
        "fe80::1%eth0",
        "::ffff:192.0.2.1",
        "crawl-66.example.org",
      })
  void takesAnyHost(String host) {
    assertThat(fields(common, host + " - - " + STAMP + " " + REQUEST + " 200 1"))
        .containsEntry(Field.HOST, host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "john doe",
        "[admin]",
        "a [b] c",
        " leading",
        "trailing ",
        "CN=Jane Doe,O=[x] y",
        "[15/Sep/2013:23:59:53 +0100]",
        "x [01/Jan/1970:00:00:00 +0000] y",
        "x [01/Jan/1970:00:00:00 +0000] \\\"GET /",
        "\"\"",
      })
  void takesAnyUser(String user) {
    assertThat(fields(common, "h - " + user + " " + STAMP + " " + REQUEST + " 200 1"))
        .containsEntry(Field.USER, user);
    assertThat(common.timestamp()).as("no user sets the time").isEqualTo(TIME);
  }

  @Test
  void leavesEscapesAsTheyStand() {
    Map<Field, String> fields =
        fields(
            combined,
            "h - - "
                + STAMP
                + " \"GET /\\\"x\\\" HTTP/1.1\" 200 - \"a\\\" 200 1 \\\"b\""
                + " \"\\\"quoted\\\" \\xc3\\xa9\\n\\\\\"");

    assertThat(fields)
        .containsEntry(Field.PATH, "/\\\"x\\\"")
        .containsEntry(Field.REFERER, "a\\\" 200 1 \\\"b")
        .containsEntry(Field.USER_AGENT, "\\\"quoted\\\" \\xc3\\xa9\\n\\\\")
        .doesNotContainKey(Field.BYTES);
  }

  /** Apache did so before 2.0.46, and other servers do. */
  @Test
  void endsAnUnescapedTextWhereTheLineGoesOn() {
    assertThat(
            fields(
                combined,
                "h - - " + STAMP + " \"GET /\"x\" y HTTP/1.1\" 200 1 \"a\"b\" \"an \"agent\"\""))
        .containsEntry(Field.PATH, "/\"x\" y")
        .containsEntry(Field.REFERER, "a\"b")
        .containsEntry(Field.USER_AGENT, "an \"agent\"");
  }

  @Test
  void takesTextForUtf8() {
    assertThat(fields(combined, "h - é " + STAMP + " " + REQUEST + " 200 1 \"-\" \"日本\""))
        .containsEntry(Field.USER, "é")
        .containsEntry(Field.USER_AGENT, "日本");
    assertThat(
            combined.read(
                ("h - \u00e9 " + STAMP + " " + REQUEST + " 200 1 \"-\" \"-\"")
                    .getBytes(ISO_8859_1)))
        .isNull();
    assertThat(combined.text(Field.USER)).isEqualTo("\ufffd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\r\n", "\n", " ", " more \"and more\" 17"})
  void doesNotMindWhatIsBehind(String end) {
    assertThat(fields(common, "h - - " + STAMP + " " + REQUEST + " 200 77" + end))
        .containsEntry(Field.BYTES, "77");
    assertThat(fields(combined, "h - - " + STAMP + " " + REQUEST + " 200 7 \"r\" \"u\"" + end))
        .containsEntry(Field.USER_AGENT, "u");
  }

  /** So a scanner's traffic was published, with line ends of Windows. */
  @Test
  void unwrapsALineInQuotes() {
    assertThat(
            fields(combined, "\"h - - " + STAMP + " " + REQUEST + " 200 7 \"-\" \"w3af.org\"\"\r"))
        .containsEntry(Field.HOST, "h")
        .containsEntry(Field.USER_AGENT, "w3af.org");
  }

  @Test
  void forgetsTheLineBefore() {
    fields(combined, "h i u " + STAMP + " " + REQUEST + " 200 7 \"r\" \"a\"");

    assertThat(fields(combined, "h - - " + STAMP + " \"-\" - - \"-\" \"-\""))
        .containsOnlyKeys(Field.HOST);
    assertThat(misfit(combined, "x")).isEqualTo(Misfit.HOST);
    assertThat(combined.timestamp()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                                            | EMPTY",
        "`\r\n`                                                        | EMPTY",
        "` `                                                           | HOST",
        "`host`                                                        | HOST",
        "` - - [15/Sep/2013:23:59:53 +0100] \"GET /\" 200 1`           | HOST",
        "`host  - [15/Sep/2013:23:59:53 +0100] \"GET /\" 200 1`        | IDENT",
        "`host - [15/Sep/2013:23:59:53 +0100] \"GET /\" 200 1`         | USER",
        "`host - -`                                                    | TIME",
        "`host - - \"GET /\" 200 1`                                    | TIME",
        "`host - - [31/Feb/2013:23:59:53 +0100] \"GET /\" 200 1`       | TIME",
        "`\u0016\u0003\u0001 \u0002 [[[[`                              | TIME",
        "`host - - [15/Sep/2013:23:59:53 +0100]`                       | REQUEST",
        "`host - - [15/Sep/2013:23:59:53 +0100] GET / 200 1`           | REQUEST",
        "`host - - [15/Sep/2013:23:59:53 +0100]\"GET /\" 200 1`        | REQUEST",
        "`host - - [15/Sep/2013:23:59:53 +0100] \"GET / 200 1`         | REQUEST",
        "`host - - [15/Sep/2013:23:59:53 +0100] \"GET /\"`             | REQUEST",
        "`host - - [15/Sep/2013:23:59:53 +0100] \"GET /\" 2000 1`      | REQUEST",
        "`host - - [15/Sep/2013:23:59:53 +0100] \"GET /\" 20`          | REQUEST",
        "`host - - [15/Sep/2013:23:59:53 +0100] \"GET /\\`             | REQUEST",
        "`host - - [15/Sep/2013:23:59:53 +0100] \"GET /\" 200`         | BYTES",
        "`host - - [15/Sep/2013:23:59:53 +0100] \"GET /\" 200 12k`     | BYTES",
        "`host - - [15/Sep/2013:23:59:53 +0100] \"GET /\" 200 1`       | REFERER",
        "`host - - [15/Sep/2013:23:59:53 +0100] \"GET /\" 200 1 \"-\"` | REFERER",
        "`host - - [15/Sep/2013:23:59:53 +0100] \"GET /\" 200 1 \"-\" \"Mozilla` | USER_AGENT",
        "`host - - [15/Sep/2013:23:59:53 +0100] \"GET /\" 200 1 \"-\" Mozilla`   | REFERER",
      })
  void saysWhatIsMissing(String line, Misfit expected) {
    assertThat(misfit(combined, line)).isEqualTo(expected);
  }

  @Test
  void tellsTheTimeOfALineThatIsCutOff() {
    String line = "h - - " + STAMP + " " + REQUEST + " 200 7 \"r\" \"a\"";
    int timed = line.indexOf(']') + 1;
    for (int length = 0; length < line.length(); length++) {
      misfit(combined, line.substring(0, length));
      assertThat(combined.timestamp())
          .as(line.substring(0, length))
          .isEqualTo(length < timed ? null : TIME);
    }
  }

  @Test
  void commonHasNoReferer() {
    assertThat(LineFormat.parse("common").fields())
        .containsAll(List.of(Field.HOST, Field.BYTES))
        .doesNotContain(Field.REFERER, Field.USER_AGENT);
  }
}
