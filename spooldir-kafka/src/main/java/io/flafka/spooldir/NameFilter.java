package io.flafka.spooldir;

import java.util.regex.Pattern;

/**
 * Which names are input: of files and, when searching recursively, of directories.
 *
 * <p>As in stock Flume, patterns match whole names, never paths; hidden names and names that end in
 * the suffix are never input. Neither are names that end in the suffix and a number, which {@link
 * Renaming} gives when a name is taken.
 */
record NameFilter(String suffix, Pattern include, Pattern ignore) {

  boolean admitsFile(String name) {
    return !name.startsWith(".")
        && !isFinished(name)
        && include.matcher(name).matches()
        && !ignore.matcher(name).matches();
  }

  boolean admitsDirectory(String name) {
    return !name.startsWith(".") && !ignore.matcher(name).matches();
  }

  private boolean isFinished(String name) {
    int end = name.length();
    while (end > 0 && Character.isDigit(name.charAt(end - 1))) {
      end--;
    }
    boolean numbered = end < name.length() && end > 0 && name.charAt(end - 1) == '.';
    return name.endsWith(suffix) || (numbered && name.substring(0, end - 1).endsWith(suffix));
  }
}
