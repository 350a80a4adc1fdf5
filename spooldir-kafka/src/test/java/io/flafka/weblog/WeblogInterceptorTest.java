package io.flafka.weblog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

  @Test
  void refusesAnUnknownPolicy() {
    assertThatThrownBy(() -> interceptor(Map.of("unparsed", "ignore")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("unparsed = ignore: it takes one of pass, drop");
  }

  @Test
  void showsOnlyTheHarmlessBeginningOfALine() {
    assertThat(Excerpt.of("a\u001b[31m\r\nb\u00ff".getBytes(ISO_8859_1))).isEqualTo("a.[31m..b.");
    assertThat(Excerpt.of("x".repeat(81).getBytes(ISO_8859_1))).isEqualTo("x".repeat(80) + "...");
  }
}
