package io.flafka.spooldir.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.jspecify.annotations.Nullable;

/** A file, and the keys that it is read with. */
final class TestFile implements ReadWatch {
  private final Path path;
  private final Map<String, String> keys = new HashMap<>();
  int overlong;
  int malformed;

  TestFile(Path path, byte[] content) throws IOException {
    this.path = Files.write(path, content);
  }

  TestFile with(String... keysAndValues) {
    for (int i = 0; i < keysAndValues.length; i += 2) {
      keys.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return this;
  }

  @Override
  public void overlong() {
    overlong++;
  }

  @Override
  public void malformed() {
    malformed++;
  }

  InputFormat format() {
    Settings settings = new Settings("source r1", new Context(keys));
    InputFormat format = InputFormat.parse(settings);
    return settings.complete(() -> format);
  }

  EventReader open(long offset) throws IOException {
    return format()
        .open(new Input(path, Files.size(path), "s", offset, Map.of("basename", "a")), this);
  }

  /** The bodies from an offset to the end, or to what is thrown. */
  static @Nullable Exception readAll(EventReader reader, List<byte[]> bodies, List<Long> ends) {
    long given = reader.offset();
    try (reader) {
      for (FileEvent event = reader.next(); event != null; event = reader.next()) {
        bodies.add(event.getBody());
        given = event.position().offset();
        ends.add(given);
        assertThat(reader.offset()).isEqualTo(given);
      }
      assertThat(reader.next()).isNull();
      return null;
    } catch (IOException e) {
      assertThat(reader.offset()).as("end of the last event before a failure").isEqualTo(given);
      return e;
    }
  }

  List<byte[]> bodies(long offset) throws IOException {
    List<byte[]> bodies = new ArrayList<>();
    Exception failure = readAll(open(offset), bodies, new ArrayList<>());
    assertThat(failure).isNull();
    return bodies;
  }

  /** What a reader gives before it fails, and how. */
  record Broken(List<byte[]> bodies, @Nullable Exception failure) {}

  Broken broken() throws IOException {
    List<byte[]> bodies = new ArrayList<>();
    EventReader reader;
    try {
      reader = open(0);
    } catch (MalformedFileException e) {
      return new Broken(bodies, e);
    }
    return new Broken(bodies, readAll(reader, bodies, new ArrayList<>()));
  }

  /** From every offset it gives, and from a fresh start, the same events follow. */
  List<byte[]> bodiesFromEverywhere() throws IOException {
    List<byte[]> bodies = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    assertThat(readAll(open(0), bodies, ends)).isNull();
    for (int i = 0; i < bodies.size(); i++) {
      List<byte[]> rest = new ArrayList<>();
      List<Long> restEnds = new ArrayList<>();
      if (ends.get(i) > 0) {
        assertThat(readAll(open(ends.get(i)), rest, restEnds)).isNull();
        assertThat(rest).containsExactlyElementsOf(bodies.subList(i + 1, bodies.size()));
        assertThat(restEnds).isEqualTo(ends.subList(i + 1, ends.size()));
      }
    }
    return bodies;
  }
}
