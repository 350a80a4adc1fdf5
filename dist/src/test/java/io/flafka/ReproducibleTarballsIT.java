package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Home;
import io.flafka.testbed.JavaProcess;
import io.flafka.testbed.Tarball;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both tarballs are the same bytes, whoever builds them, wherever, whenever. */
class ReproducibleTarballsIT {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Set<String> NOT_SOURCES = Set.of("target", ".git");

  @TempDir private Path elsewhere;

  @Test
  void areTheSameBytesWhenBuiltElsewhere() throws Exception {
    copySources(Home.root(), elsewhere);

    JavaProcess.start(
            "mvn",
            elsewhere,
            JavaProcess.Lifetime.FREE,
            Map.of("MAVEN_OPTS", "-Dmaven.repo.local=" + System.getProperty("maven.repo.local")),
            List.of("mvn", "-B", "-q", "-Dquick", "-Dmaven.test.skip=true", "package"))
        .succeedWithin(LIMIT);

    for (Path tarball : List.of(Tarball.plain(), Tarball.withHadoop())) {
      Path again = elsewhere.resolve("dist/target").resolve(tarball.getFileName());
      assertThat(Files.mismatch(tarball, again)).as(tarball + " differs at byte").isEqualTo(-1);
    }
  }

  private static void copySources(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (NOT_SOURCES.contains(folder.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
