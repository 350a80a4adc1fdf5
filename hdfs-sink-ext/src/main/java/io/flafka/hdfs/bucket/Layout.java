package io.flafka.hdfs.bucket;

import io.flafka.config.Settings;
import java.util.Arrays;
import java.util.TimeZone;

/**
 * Which directory and file prefix events go to.
 *
 * @param directory {@code hdfs.path}
 * @param prefix {@code hdfs.filePrefix}
 * @param localTime whether the agent's clock counts, not the events' timestamps
 */
public record Layout(
    Template directory, Template prefix, Rounding rounding, boolean localTime, Missing missing) {

  public static Layout parse(Settings settings) {
    TimeZone zone =
        settings.parsed(
            "hdfs.timeZone",
            TimeZone.getDefault(),
            Layout::zone,
            "a time zone's name, for example Europe/Berlin or UTC");
    settings.required("hdfs.path", "a directory, for example hdfs://namenode/weblogs/%Y-%m-%d");
    return new Layout(
        settings.parsed(
            "hdfs.path",
            Template.directory("/", zone),
            text -> Template.directory(text, zone),
            "a directory, with or without escapes"),
        settings.parsed(
            "hdfs.filePrefix",
            Template.name("FlumeData", zone),
            text -> Template.name(text, zone),
            "the beginning of a file name, with or without escapes"),
        Rounding.parse(settings, zone.toZoneId()),
        settings.flag("hdfs.useLocalTimeStamp", false),
        settings.parsed(
            "hdfs.missing", Missing.DEFAULT, Missing::named, "default, deadletter or stop"));
  }

  /** Where dead letters go, beside the tables and out of the sight of their readers. */
  String deadLetters() {
    return beside(Template.DEAD_LETTERS);
  }

  /** Where the sink keeps what is its own, unless the user says something else. */
  public String premises() {
    return beside(Template.PREMISES);
  }

  private String beside(String name) {
    String root = directory.root();
    return root + (root.isEmpty() || root.endsWith("/") ? "" : "/") + name;
  }

  /** Unlike the JDK, which takes any unknown name for Greenwich. */
  private static TimeZone zone(String id) {
    boolean offset = id.matches("GMT[+-]\\d{1,2}(:?\\d{2})?");
    if (!offset && !Arrays.asList(TimeZone.getAvailableIDs()).contains(id)) {
      throw new IllegalArgumentException("this JVM knows no such zone");
    }
    return TimeZone.getTimeZone(id);
  }
}
