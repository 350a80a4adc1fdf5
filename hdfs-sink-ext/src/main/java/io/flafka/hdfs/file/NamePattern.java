package io.flafka.hdfs.file;

import io.flafka.config.Settings;

/**
 * What stands around the names of files.
 *
 * @param suffix at the end of the final name
 * @param inUsePrefix before the final name, while the file is written
 * @param inUseSuffix behind the final name, while the file is written
 */
public record NamePattern(String suffix, String inUsePrefix, String inUseSuffix) {
  /**
   * Reads the configuration.
   *
   * @param extension the suffix, if the user sets none
   */
  public static NamePattern parse(Settings settings, String extension) {
    String suffix = settings.text("hdfs.fileSuffix", extension);
    if (suffix.indexOf('/') >= 0) {
      settings.problem("hdfs.fileSuffix", "a file name holds no '/'");
    }
    String inUseSuffix = settings.text("hdfs.inUseSuffix", ".tmp");
    if (settings.flag("hdfs.emptyInUseSuffix", false)) {
      if (settings.isSet("hdfs.inUseSuffix")) {
        settings.warning("hdfs.inUseSuffix has no effect beside hdfs.emptyInUseSuffix = true");
      }
      inUseSuffix = "";
    }
    return new NamePattern(suffix, settings.text("hdfs.inUsePrefix", ""), inUseSuffix);
  }
}
