package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that says which test covers which fault. */
class FaultsPageTest {
  /**
   * A class of tests, and one of its methods; a method of the class before; or one of its kill
   * points.
   */
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z]\\w*(?:Test|IT))?(?:\\.([a-z]\\w+))?`|`([A-Z][A-Z_]{3,})`");

  @Test
  void namesOnlyTestsThatThereAre() throws IOException {
    Map<String, Path> sources = sources();
    List<String> strangers = new ArrayList<>();
    int named = 0;
    String type = "";
    Matcher matcher = NAMED.matcher(Files.readString(Home.root().resolve("docs/faults.md")));
    while (matcher.find()) {
      named++;
      type = matcher.group(1) == null ? type : matcher.group(1);
      String what = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
      String within = matcher.group(3) == null ? type : type.replace("PointsIT", "Point");
      Path source = sources.get(within + ".java");
      if (source == null
          || (what != null && !Files.readString(source).contains(" " + what + "("))) {
        strangers.add(within + "." + what);
      }
    }

    assertThat(named).isGreaterThan(50);
    assertThat(strangers).isEmpty();
  }

  private static Map<String, Path> sources() throws IOException {
    Map<String, Path> sources = new HashMap<>();
    for (String folder :
        List.of(
            "delivery/src/test",
            "weblog/src/test",
            "kafka-channel/src/test",
            "spooldir-kafka/src/test",
            "hdfs-sink-ext/src/test",
            "tools/src/test",
            "dist/src/test",
            "chaos/src/main")) {
      try (Stream<Path> files = Files.walk(Home.root().resolve(folder))) {
        files.forEach(file -> sources.put(file.getFileName().toString(), file));
      }
    }
    return sources;
  }
}
