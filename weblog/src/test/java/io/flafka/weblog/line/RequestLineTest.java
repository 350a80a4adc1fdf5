package io.flafka.weblog.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLineTest {
  /** Method, path, query and protocol, with bars between; the absent are empty. */
  private static String parts(String request) {
    byte[] line = ("\"" + request + "\"").getBytes(UTF_8);
    Slices slices = new Slices();
    slices.of(line);
    RequestLine.split(line, 1, line.length - 1, slices);
    return Stream.of(Field.METHOD, Field.PATH, Field.QUERY, Field.PROTOCOL)
        .map(slices::text)
        .map(text -> text == null ? "" : text)
        .collect(Collectors.joining("|"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET / HTTP/1.1,                            GET|/||HTTP/1.1",
    "GET /a?b=c?d HTTP/1.1,                     GET|/a|b=c?d|HTTP/1.1",
    "GET /? HTTP/1.1,                           GET|/||HTTP/1.1",
    "GET ?x HTTP/1.1,                           GET||x|HTTP/1.1",
    "OPTIONS * HTTP/1.0,                        OPTIONS|*||HTTP/1.0",
    "CONNECT a.example:443 HTTP/1.1,            CONNECT|a.example:443||HTTP/1.1",
    "GET http://a.example/x?y HTTP/1.1,         GET|http://a.example/x|y|HTTP/1.1",
    "PRI * HTTP/2.0,                            PRI|*||HTTP/2.0",
    "M-SEARCH * HTTP/1.1,                       M-SEARCH|*||HTTP/1.1",
    "GET /a b c HTTP/1.1,                       GET|/a b c||HTTP/1.1",
    "GET /before-1.0?x,                         GET|/before-1.0|x|",
    "GET /a HTTP/,                              GET|/a HTTP/||",
    "GET HTTP/1.1,                              GET|||HTTP/1.1",
    "GET  HTTP/1.1,                             GET|||HTTP/1.1",
    "get / HTTP/1.1,                            get|/||HTTP/1.1",
  })
  void takesARequestApart(String request, String parts) {
    assertThat(parts(request)).isEqualTo(parts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        " ",
        "GET",
        "GET ",
        " GET / HTTP/1.1",
        "\\x16\\x03\\x01\\x02\\x00\\x01",
        "\\x03 /x HTTP/1.1",
        "USER test +iw test :Test Wuz Here",
        "145.ll|'|'|SGFjS2VkX0Q0OTkwNjI3|'|'|WIN-JNAPIER0859",
        "SSH-2.0-Go",
        "() { :; }; /bin/sh",
        "HTTP/1.1",
      })
  void leavesWhatIsNoRequest(String request) {
    assertThat(parts(request)).isEqualTo("|||");
  }
}
