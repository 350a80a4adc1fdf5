package io.flafka.weblog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.delivery.DeadLetterMark;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.conf.ConfigurationException;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.interceptor.Interceptor;
import org.junit.jupiter.api.Test;

class WeblogInterceptorTest {
  private static final String LINE =
      "116.180.70.237 - 128 [15/Sep/2013:23:59:53 +0100] \"GET /KBDOC-00031.html HTTP/1.0\" 200"
          + " 1388";
  private static final String TIME =
      Long.toString(Instant.parse("2013-09-15T22:59:53Z").toEpochMilli());

  private static Interceptor interceptor(Map<String, String> configuration) {
    WeblogInterceptor.Builder builder = new WeblogInterceptor.Builder();
    builder.configure(new Context(configuration));
    return builder.build();
  }

  private static Event event(String body) {
    return EventBuilder.withBody(body.getBytes(ISO_8859_1), new HashMap<>());
  }

  private static String timestamp(Interceptor interceptor, String body) {
    Event event = event(body);
    interceptor.intercept(event);
    return String.valueOf(event.getHeaders().get("timestamp"));
  }

  @Test
  void takesTheTimeFromTheLine() {
    assertThat(timestamp(interceptor(Map.of()), LINE)).isEqualTo(TIME);
  }

  @Test
  void takesTheFirstThatIsAStamp() {
    Interceptor interceptor = interceptor(Map.of());

    assertThat(
            timestamp(
                interceptor, "[::1] [[15/Sep/2013:23:59:53 +0100] [01/Jan/2014:00:00:00 +0000]"))
        .isEqualTo(TIME);
    assertThat(timestamp(interceptor, "[01/Jan/1970:00:00:01 +0000] " + LINE)).isEqualTo("1000");
    assertThat(timestamp(interceptor, LINE)).isEqualTo(TIME);
  }

  @Test
  void findsAStampAtEitherEndOfTheLine() {
    Interceptor interceptor = interceptor(Map.of());

    assertThat(timestamp(interceptor, "[15/Sep/2013:23:59:53 +0100]")).isEqualTo(TIME);
    assertThat(timestamp(interceptor, "[15/Sep/2013:23:59:53 +0100")).isEqualTo("null");
    assertThat(timestamp(interceptor, "x [15/Sep/2013:23:59:53 +0100")).isEqualTo("null");
    assertThat(timestamp(interceptor, "")).isEqualTo("null");
  }

  @Test
  void passesWhatBearsNoStampAsItIs() {
    Event junk = event("\u0016\u0003\u0001 no time here");

    assertThat(interceptor(Map.of()).intercept(List.of(junk, event(LINE)))).hasSize(2);
    assertThat(junk.getHeaders()).isEmpty();
    assertThat(new String(junk.getBody(), ISO_8859_1)).isEqualTo("\u0016\u0003\u0001 no time here");
  }

  @Test
  void dropsWhatBearsNoStampIfAsked() {
    Interceptor interceptor = interceptor(Map.of("unparsed", "drop"));
    Event good = event(LINE);

    assertThat(interceptor.intercept(List.of(event("junk"), good, event(""))))
        .containsExactly(good);
    assertThat(interceptor.intercept(event("junk"))).isNull();
  }

  @Test
  void overwritesAnExistingTimestampUnlessToldNotTo() {
    Event event = event(LINE);
    event.getHeaders().put("timestamp", "7");

    interceptor(Map.of("preserveExisting", "true")).intercept(event);
    assertThat(event.getHeaders()).containsEntry("timestamp", "7");

    interceptor(Map.of()).intercept(event);
    assertThat(event.getHeaders()).containsEntry("timestamp", TIME);
  }

  @Test
  void neverThrowsWhateverTheBytes() {
    long seed = 7;
    Random random = new Random(seed);
    Interceptor interceptor = interceptor(Map.of());
    for (int i = 0; i < 50_000; i++) {
      byte[] body = new byte[random.nextInt(80)];
      random.nextBytes(body);
      for (int brackets = random.nextInt(4); brackets > 0 && body.length > 0; brackets--) {
        body[random.nextInt(body.length)] = '[';
      }
      interceptor.intercept(EventBuilder.withBody(body, new HashMap<>()));
    }
  }

  private static Map<String, String> headers(Map<String, String> configuration, String body) {
    Event event = event(body);
    interceptor(configuration).intercept(event);
    return event.getHeaders();
  }

  @Test
  void putsFieldsIntoHeadersAndOneIntoTheKey() {
    assertThat(
            headers(
                Map.of(
                    "format",
                    "common",
                    "headers",
                    "host, status,path , method,ident",
                    "key",
                    "host"),
                LINE))
        .containsOnly(
            Map.entry("timestamp", TIME),
            Map.entry("host", "116.180.70.237"),
            Map.entry("key", "116.180.70.237"),
            Map.entry("method", "GET"),
            Map.entry("path", "/KBDOC-00031.html"),
            Map.entry("status", "200"));
  }

  @Test
  void theKeyNeedsNoHeaderOfItsOwn() {
    assertThat(headers(Map.of("format", "common", "key", "user"), LINE))
        .containsOnly(Map.entry("timestamp", TIME), Map.entry("key", "128"));
  }

  @Test
  void aHeaderCanHaveAnotherName() {
    assertThat(
            headers(Map.of("format", "common", "headers", "host", "header.host", "client"), LINE))
        .containsEntry("client", "116.180.70.237")
        .doesNotContainKey("host");
  }

  @Test
  void readsALogFormat() {
    assertThat(
            headers(Map.of("format", "%h %l %u %t \"%r\" %>s %b", "headers", "user, path"), LINE))
        .containsOnly(
            Map.entry("timestamp", TIME),
            Map.entry("user", "128"),
            Map.entry("path", "/KBDOC-00031.html"));
  }

  @Test
  void marksWhatIsOfAnotherFormat() {
    Map<String, String> marked =
        headers(Map.of("format", "combined", "headers", "host", "unparsed", "header"), LINE);

    assertThat(marked).containsOnly(Map.entry("timestamp", TIME), Map.entry("unparsed", "referer"));
    assertThat(headers(Map.of("unparsed", "header"), "junk"))
        .containsOnly(Map.entry("unparsed", "time"));
  }

  @Test
  void marksDeadLetters() {
    Event event = event("junk");

    assertThat(interceptor(Map.of("unparsed", "deadletter")).intercept(event)).isSameAs(event);
    assertThat(DeadLetterMark.of(event)).isEqualTo("no web log line: time");
  }

  /** Else a dead letter that is put again could never be delivered. */
  @Test
  void takesMarksOffWhatItCanRead() {
    Event event = event(LINE);
    interceptor(Map.of("format", "combined", "unparsed", "header")).intercept(event);
    interceptor(Map.of("format", "combined", "unparsed", "deadletter")).intercept(event);
    assertThat(event.getHeaders()).hasSize(3);

    interceptor(Map.of("format", "common")).intercept(event);

    assertThat(event.getHeaders()).containsOnly(Map.entry("timestamp", TIME));
  }

  @Test
  void preservesATimestampAndSetsHeadersAllTheSame() {
    Event event = event(LINE);
    event.getHeaders().put("timestamp", "7");

    interceptor(Map.of("format", "common", "headers", "status", "preserveExisting", "true"))
        .intercept(event);

    assertThat(event.getHeaders())
        .containsOnly(Map.entry("timestamp", "7"), Map.entry("status", "200"));
  }

  @Test
  void severalThreadsReadAtATime() throws Exception {
    Interceptor interceptor =
        interceptor(Map.of("format", "%h %t \"%r\"", "headers", "host, path"));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        String host = "host" + thread;
        done.add(threads.submit(() -> readMany(interceptor, host)));
      }
      for (Future<?> future : done) {
        future.get(30, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void readMany(Interceptor interceptor, String host) {
    for (int i = 0; i < 2_000; i++) {
      String second = String.valueOf(10 + i % 50);
      Event event =
          event(host + " [15/Sep/2013:00:00:" + second + " +0000] \"GET /" + i + " HTTP/1.1\"");
      interceptor.intercept(event);
      assertThat(event.getHeaders())
          .containsEntry("host", host)
          .containsEntry("path", "/" + i)
          .hasEntrySatisfying("timestamp", time -> assertThat(time).endsWith(second + "000"));
    }
  }

  private static Set<ObjectName> beans() throws JMException {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(new ObjectName("org.apache.flume.interceptor:*"), null);
  }

  private static Object counter(ObjectName name, String attribute) throws JMException {
    return ManagementFactory.getPlatformMBeanServer().getAttribute(name, attribute);
  }

  @Test
  void countsWhatItReads() throws Exception {
    Interceptor interceptor = interceptor(Map.of("format", "common"));
    interceptor.initialize();
    interceptor.intercept(
        List.of(event(LINE), event(LINE), event("junk"), event("a b c"), event("d e f")));

    ObjectName name = new ObjectName("org.apache.flume.interceptor:type=weblog-1");
    assertThat(counter(name, "Format")).isEqualTo("common");
    assertThat(counter(name, "ParsedCount")).isEqualTo(2L);
    assertThat(counter(name, "UnparsedCount")).isEqualTo(3L);
    assertThat(counter(name, "UnparsedByReason")).isEqualTo("host=1, time=2");
    interceptor.close();
  }

  @Test
  void countsAreSeenBetweenInitializeAndClose() throws Exception {
    Interceptor first = interceptor(Map.of());
    Interceptor second = interceptor(Map.of());
    assertThat(beans()).isEmpty();

    first.initialize();
    first.initialize();
    second.initialize();
    assertThat(beans()).hasSize(2);

    first.close();
    first.close();
    assertThat(beans()).extracting(ObjectName::getCanonicalName).first().asString().endsWith("2");

    first.initialize();
    assertThat(beans()).hasSize(2);
    first.close();
    second.close();
    assertThat(beans()).isEmpty();
  }

  @Test
  void aFieldTakesAFormatThatTellsIt() {
    assertThatThrownBy(() -> interceptor(Map.of("headers", "host", "key", "user")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("headers = host: format = any doesn't tell host, but only the time")
        .hasMessageContaining("key = user: format = any doesn't tell user")
        .hasMessageContaining("set format = common, combined or nginx");
    assertThatThrownBy(() -> interceptor(Map.of("format", "common", "headers", "host,referer")))
        .hasMessageContaining("headers = host,referer: format = common doesn't tell referer");
    assertThatThrownBy(() -> interceptor(Map.of("format", "%h %t", "headers", "status")))
        .hasMessageContaining("headers = status: format = %h %t doesn't tell status");
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThatThrownBy(
            () -> interceptor(Map.of("format", "combine", "headers", "hots", "key", "-")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("format = combine: it takes any, common, combined, nginx, or an")
        .hasMessageContaining("headers = hots: it takes names out of host, ident")
        .hasMessageContaining("there is no \"hots\"")
        .hasMessageContaining("key = -: it takes one out of host, ident");
    assertThatThrownBy(() -> interceptor(Map.of("format", "%h %r")))
        .hasMessageContaining("format = %h %r: it takes")
        .hasMessageContaining("it has no time in it");
    assertThatThrownBy(
            () ->
                interceptor(
                    Map.of("format", "common", "headers", "host", "header.host", "timestamp")))
        .hasMessageContaining("header.host = timestamp: another field or key sets that header");
  }

  @Test
  void refusesAnUnknownPolicy() {
    assertThatThrownBy(() -> interceptor(Map.of("unparsed", "ignore")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("unparsed = ignore: it takes one of pass, header, drop, deadletter");
  }

  @Test
  void showsOnlyTheHarmlessBeginningOfALine() {
    assertThat(Excerpt.of("a\u001b[31m\r\nb\u00ff".getBytes(ISO_8859_1))).isEqualTo("a.[31m..b.");
    assertThat(Excerpt.of("x".repeat(81).getBytes(ISO_8859_1))).isEqualTo("x".repeat(80) + "...");
  }
}
