package io.flafka.weblog.line;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import nl.basjes.parse.core.exceptions.InvalidDissectorException;
import nl.basjes.parse.core.exceptions.MissingDissectorsException;
import nl.basjes.parse.httpdlog.ApacheHttpdLogFormatDissector;
import nl.basjes.parse.httpdlog.HttpdLoglineParser;

/**
 * Any Apache LogFormat, by way of the library nl.basjes.parse.httpdlog, which makes one regular
 * expression of it.
 *
 * <p>For addresses ({@code %a} and its like) that has nested repetitions, which a line of twenty
 * letters keeps busy for seconds and one of forty for ever. So the library is told of a note of
 * that name instead, which may be any text.
 *
 * @param logFormat as the library gets it
 * @param times where the library has the time, and in which form
 * @param names what the library calls the fields
 * @param ambiguity the texts of any length in it
 */
record HttpdFormat(String logFormat, HttpdTime times, Map<Field, String> names, Ambiguity ambiguity)
    implements LineFormat {
  private static final Pattern CLIENT = Pattern.compile("(?<!%)%[!<>0-9,]*a");
  private static final Pattern PEER = Pattern.compile("(?<!%)%[!<>0-9,]*\\{c\\}a");
  private static final Pattern SERVER = Pattern.compile("(?<!%)%[!<>0-9,]*A");
  private static final String NOTE = "%{flafka-%s}n";

  /** Of each field, the library's names for what may tell it, the best first. */
  private static final Map<Field, List<String>> NAMES =
      Map.ofEntries(
          Map.entry(
              Field.HOST,
              List.of("IP:connection.client.host", "STRING:server.module_note.flafka-client")),
          Map.entry(Field.IDENT, List.of("NUMBER:connection.client.logname")),
          Map.entry(Field.USER, List.of("STRING:connection.client.user")),
          Map.entry(Field.REQUEST, List.of("HTTP.FIRSTLINE:request.firstline")),
          Map.entry(Field.METHOD, List.of("HTTP.METHOD:request.method")),
          Map.entry(Field.PATH, List.of("URI:request.urlpath")),
          Map.entry(Field.QUERY, List.of("HTTP.QUERYSTRING:request.querystring")),
          Map.entry(Field.PROTOCOL, List.of("PROTOCOL:request.protocol")),
          Map.entry(Field.STATUS, List.of("STRING:request.status.last", "STRING:request.status")),
          Map.entry(Field.BYTES, List.of("BYTESCLF:response.body.bytes", "BYTES:response.bytes")),
          Map.entry(Field.REFERER, List.of("HTTP.URI:request.referer")),
          Map.entry(Field.USER_AGENT, List.of("HTTP.USERAGENT:request.user-agent")));

  /**
   * Has the library read a LogFormat.
   *
   * @throws IllegalArgumentException if it can't be used; the message says why
   */
  static HttpdFormat of(String text) {
    String logFormat = withoutAddresses(text.replace("\\\"", "\""));
    try {
      List<String> possible =
          new HttpdLoglineParser<>(HttpdReader.Values.class, logFormat).getPossiblePaths();
      return new HttpdFormat(
          logFormat, HttpdTime.of(possible), names(possible), Ambiguity.of(expression(logFormat)));
    } catch (InvalidDissectorException | MissingDissectorsException e) {
      throw new IllegalArgumentException("the library makes nothing of it: " + e.getMessage(), e);
    }
  }

  @Override
  public Set<Field> fields() {
    Set<Field> fields = EnumSet.copyOf(names.keySet());
    if (fields.contains(Field.REQUEST)) {
      fields.addAll(Field.OF_REQUEST);
    }
    return fields;
  }

  @Override
  public LineReader reader(Set<Field> wanted) {
    return new HttpdReader(this, wanted);
  }

  private static String withoutAddresses(String text) {
    String client = CLIENT.matcher(text).replaceAll(note("client"));
    String peer = PEER.matcher(client).replaceAll(note("peer"));
    return SERVER.matcher(peer).replaceAll(note("server"));
  }

  private static String note(String name) {
    return NOTE.replace("%s", name);
  }

  private static String expression(String logFormat)
      throws InvalidDissectorException, MissingDissectorsException {
    ApacheHttpdLogFormatDissector dissector = new ApacheHttpdLogFormatDissector(logFormat);
    dissector.prepareForDissect("", "request.receive.time"); // It wants to be asked something.
    dissector.prepareForRun();
    return dissector.getLogFormatRegEx();
  }

  private static Map<Field, String> names(List<String> possible) {
    Map<Field, String> names = new EnumMap<>(Field.class);
    NAMES.forEach(
        (field, candidates) ->
            candidates.stream()
                .filter(possible::contains)
                .findFirst()
                .ifPresent(name -> names.put(field, name)));
    return Collections.unmodifiableMap(names);
  }
}
