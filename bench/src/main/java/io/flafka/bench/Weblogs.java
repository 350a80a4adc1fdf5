package io.flafka.bench;

import io.flafka.bench.load.LineCounter;
import io.flafka.bench.load.Tally;
import io.flafka.testbed.weblogs.WeblogGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Files of web-log lines, each a server's whole day, and what is in them. */
final class Weblogs {
  /** The length of lines that are neither cut nor filled up. */
  static final int AS_THEY_ARE = 0;

  private static final long SEED = 42;

  /** All the same, so that whoever takes the oldest takes them by their names. */
  private static final FileTime MODIFIED = FileTime.from(Instant.parse("2013-09-16T00:00:00Z"));

  private final List<Weblog> files;

  /** A file, and the tally of its lines with their times. */
  record Weblog(Path path, Tally tally) {
    /** Puts it into a folder, too, under the same name and without copying it. */
    void linkInto(Path folder) throws IOException {
      Files.createLink(folder.resolve(path.getFileName()), path);
    }
  }

  private Weblogs(List<Weblog> files) {
    this.files = List.copyOf(files);
  }

  /** Writes so many lines, to files of so many each, in a new folder. */
  static Weblogs write(Path folder, long lines, long each) throws IOException {
    return write(folder, lines, each, AS_THEY_ARE);
  }

  /**
   * The same with lines that are cut, or go on with themselves, to be of one length. Their times
   * are tallied as if they were whole.
   *
   * @param length bytes of a line
   */
  static Weblogs write(Path folder, long lines, long each, int length) throws IOException {
    Files.createDirectories(folder);
    Stamps stamps = new Stamps();
    List<Weblog> files = new ArrayList<>();
    for (long left = lines; left > 0; left -= each) {
      Path path = folder.resolve("access-%05d.log".formatted(files.size()));
      WeblogGenerator generator = new WeblogGenerator(SEED + files.size(), Math.min(each, left));
      files.add(new Weblog(path, write(path, generator, stamps, length)));
      Files.setLastModifiedTime(path, MODIFIED);
    }
    return new Weblogs(files);
  }

  private static Tally write(Path path, WeblogGenerator generator, Stamps stamps, int length)
      throws IOException {
    LineCounter counter = new LineCounter();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)) {
      while (generator.hasNext()) {
        String line = generator.next();
        byte[] bytes = fit(line, length).getBytes(StandardCharsets.US_ASCII);
        counter.add(bytes, stamps.of(line));
        out.write(bytes);
        out.write('\n');
      }
    }
    return counter.tally();
  }

  private static String fit(String line, int length) {
    return length == AS_THEY_ARE
        ? line
        : line.repeat(length / line.length() + 1).substring(0, length);
  }

  /** How many lines they have. */
  long lines() {
    return tally().lines();
  }

  /** In the order of their names. */
  List<Weblog> files() {
    return files;
  }

  /** Where they are, in the order of their names. */
  List<Path> paths() {
    return files.stream().map(Weblog::path).toList();
  }

  /** What is in them all. */
  Tally tally() {
    return files.stream().map(Weblog::tally).reduce(Tally.NONE, Tally::plus);
  }

  /** As many of the files as it takes for so many lines. */
  Weblogs first(long lines) {
    List<Weblog> first = new ArrayList<>();
    long sum = 0;
    for (Weblog file : files) {
      if (sum >= lines) {
        break;
      }
      first.add(file);
      sum += file.tally().lines();
    }
    return new Weblogs(first);
  }

  /** Puts the files into a folder, too, under the same names and without copying them. */
  void linkInto(Path folder) throws IOException {
    for (Weblog file : files) {
      file.linkInto(folder);
    }
  }

  /** Writes all of them into one new file, in the order of their names, and onto the disk. */
  void joinInto(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = Channels.newOutputStream(channel);
      for (Path path : paths()) {
        Files.copy(path, out);
      }
      channel.force(true);
    }
  }

  /**
   * Puts so many files into a folder, without copying them, and makes that last. Each of these here
   * comes again and again, under other names.
   *
   * @param name what their names begin with
   * @return what is in all of them
   */
  Tally linkInto(Path folder, String name, int count) throws IOException {
    Tally tally = Tally.NONE;
    for (int i = 0; i < count; i++) {
      Weblog file = files.get(i % files.size());
      Files.createLink(folder.resolve(name(name, i)), file.path());
      tally = tally.plus(file.tally());
    }
    return tally;
  }

  /** What the file of this number is called there. */
  static String name(String name, int number) {
    return "%s-%06d.log".formatted(name, number);
  }
}
