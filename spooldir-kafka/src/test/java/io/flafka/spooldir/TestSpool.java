package io.flafka.spooldir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.flafka.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flume.Context;

/** A spooling directory for a test. */
record TestSpool(Path dir) {

  /** Moves a file in when it is complete, as one must while a source is reading. */
  Path write(String name, String content) throws IOException {
    return write(name, content, System.currentTimeMillis() / 1000);
  }

  Path write(String name, String content, long modifiedSecond) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Path unfinished = Files.writeString(file.resolveSibling(".unfinished"), content, ISO_8859_1);
    Files.setLastModifiedTime(unfinished, FileTime.fromMillis(modifiedSecond * 1000));
    return Files.move(unfinished, file, REPLACE_EXISTING);
  }

  /** The names that are not hidden, sorted. */
  List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  Map<String, String> keys(String... keysAndValues) {
    Map<String, String> keys = new TreeMap<>(Map.of("spoolDir", dir.toString()));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      keys.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return keys;
  }

  SpoolDirConfig config(String... keysAndValues) {
    return SpoolDirConfig.parse(new Settings("source r1", new Context(keys(keysAndValues))));
  }

  Path home() {
    return dir.resolve(".flumespool/.flafka");
  }

  /** The trackers as they are stored: the lines between head and checksum. */
  List<String> trackers() throws IOException {
    List<String> lines = Files.readAllLines(home().resolve("trackers"));
    return lines.subList(1, lines.size() - 1);
  }
}
