package io.flafka.spooldir.find;

import java.util.regex.Pattern;

/**
 * Which names are input: of files and, when searching recursively, of directories.
 *
 * <p>As in stock Flume, patterns match whole names, never paths; hidden names and names that end in
 * the suffix are never input.
 */
public record NameFilter(String suffix, Pattern include, Pattern ignore) {

  boolean admitsFile(String name) {
    return !name.startsWith(".")
        && !name.endsWith(suffix)
        && include.matcher(name).matches()
        && !ignore.matcher(name).matches();
  }

  boolean admitsDirectory(String name) {
    return !name.startsWith(".") && !ignore.matcher(name).matches();
  }
}
