package io.flafka.testbed.command;

import io.flafka.testbed.weblogs.WeblogGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** The web logs to send, one file after another. */
interface LogFiles {
  boolean hasNext();

  /** How many there are, those written already among them. */
  int count();

  /** Writes the next file under a name of its own into a folder, and returns where it is. */
  Path next(Path folder) throws IOException;

  /** Generated ones, the day's log rotated every 20,000 lines. */
  static LogFiles generated(long seed, long lines) {
    long rotation = 20_000;
    WeblogGenerator generator = new WeblogGenerator(seed, lines);
    return new LogFiles() {
      private int files;

      @Override
      public int count() {
        return Math.toIntExact((lines + rotation - 1) / rotation);
      }

      @Override
      public boolean hasNext() {
        return generator.hasNext();
      }

      @Override
      public Path next(Path folder) throws IOException {
        Path file = folder.resolve("access-%05d.log".formatted(++files));
        generator.write(file, rotation);
        return file;
      }
    };
  }

  /** Copies of the user's own; folders are searched for files. Empty files are left out. */
  static LogFiles copied(List<Path> filesAndFolders) throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path path : filesAndFolders) {
      if (!Files.exists(path)) {
        throw new IOException("--logs: " + path + " does not exist");
      }
      for (Path file : Folders.files(path)) {
        if (Files.size(file) > 0) {
          all.add(file);
        }
      }
    }
    if (all.isEmpty()) {
      throw new IOException("--logs: no file with a line in " + filesAndFolders);
    }
    Queue<Path> left = new ArrayDeque<>(all);
    return new LogFiles() {
      @Override
      public int count() {
        return all.size();
      }

      @Override
      public boolean hasNext() {
        return !left.isEmpty();
      }

      @Override
      public Path next(Path folder) throws IOException {
        Path file = left.remove();
        int number = all.size() - left.size();
        return Files.copy(file, folder.resolve("%05d-%s".formatted(number, file.getFileName())));
      }
    };
  }
}
