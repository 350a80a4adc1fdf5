package io.flafka.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherFileSystemsTest {
  @TempDir private Path base;

  @ParameterizedTest
  @ValueSource(strings = {"file://", "viewfs://flafka-test"})
  void allEventsLandThere(String files) throws Exception {
    try (Rig rig = new Rig(base)) {
      rig.keys.put("hdfs.path", files + rig.folder + "/%{host}");
      rig.keys.put("hdfs.useRawLocalFileSystem", "true");
      rig.start();
      List<String> bodies = rig.putRange(0, 20, "a", "b");
      rig.process();
      rig.process();

      rig.sink.stop();

      assertThat(rig.files(file -> file.endsWith(".tmp"))).isEmpty();
      assertThat(Rig.lines(rig.files(file -> file.startsWith("FlumeData"))))
          .containsExactlyInAnyOrderElementsOf(bodies);
    }
  }
}
