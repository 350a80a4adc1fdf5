package io.flafka.hdfs.exactlyonce;

import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.file.Sync;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run of a sink, and the directory that is its own: what it stages and prepares is there, and
 * nowhere else.
 *
 * <p>Whoever takes the run for dead moves the directory away in one rename. Since nothing here ever
 * makes it anew while something of it is in use, a run that is not dead then fails, and delivers
 * again: it can't commit what has been cleared away.
 *
 * <p>For one thread at a time.
 */
final class Run {
  private static final Logger log = LoggerFactory.getLogger(Run.class);

  /** How long a run may be silent before it is taken for dead. */
  static final Duration SILENCE = Duration.ofHours(1);

  private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(5);
  private static final String OWNER = "owner-";
  private static final Pattern MANIFEST =
      Pattern.compile("\\d{8}T\\d{9}Z-.*" + Pattern.quote(Premises.MANIFEST));
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final HdfsClient hdfs;
  private final Premises premises;
  private final String name;
  private final InstantSource clock;
  private Path directory;
  private boolean made;
  private boolean littered;
  private long directories;
  private long manifests;
  private long owners;
  private Owner owner = Owner.here();
  private Instant sign = Instant.EPOCH;

  /**
   * A new run, which makes nothing before it needs it.
   *
   * @param name what no other run of any sink has
   */
  Run(HdfsClient hdfs, Premises premises, String name, InstantSource clock) {
    this.hdfs = hdfs;
    this.premises = premises;
    this.name = name;
    this.clock = clock;
    this.directory = new Path(premises.runs(), name);
  }

  Path directory() {
    return directory;
  }

  /** Where a file in the directory is. */
  Path file(String name) {
    return new Path(directory, name);
  }

  /** A manifest's id, of which its time and its day can be told. */
  String nextId() {
    return TIME.format(clock.instant()) + "-" + name + "-" + manifests++;
  }

  /**
   * Nothing is in use: the directory is made if it isn't there, under another name if somebody took
   * it away.
   */
  void begin() throws IOException {
    if (made && !hdfs.exists(directory)) {
      made = false;
      littered = false;
      directories++;
      directory = new Path(premises.runs(), name + "." + directories);
    }
    if (littered) {
      clear();
    }
    if (!made) {
      hdfs.makeDirectories(directory);
      writeOwner(owner);
      made = true;
      sign = clock.instant();
    }
  }

  /**
   * Creates a file in the directory.
   *
   * @param sync how durable its blocks are when they are full
   * @throws FileNotFoundException if the run was taken for dead
   */
  FSDataOutputStream create(String file, Sync sync) throws IOException {
    try {
      return hdfs.createIn(file(file), sync);
    } catch (FileNotFoundException e) {
      throw gone(e.getMessage());
    }
  }

  private FileNotFoundException gone(@Nullable String sign) {
    return new FileNotFoundException(
        directory
            + " is gone: another sink took this one for dead, since it was silent for "
            + SILENCE.toMinutes()
            + " minutes or has lost its partitions; what was in there is delivered again ("
            + sign
            + ")");
  }

  /**
   * Writes a file in the directory, on the disks.
   *
   * @throws FileNotFoundException if the run was taken for dead; then what it wrote doesn't count,
   *     and if it isn't thrown, whoever takes it for dead later sees the file
   */
  void write(String file, byte[] content) throws IOException {
    try (FSDataOutputStream output = create(file, Sync.HFLUSH)) {
      output.write(content);
      // It is less than a block, so this reaches all of it.
      output.hsync();
    }
    if (!hdfs.exists(file(file))) {
      throw gone(file(file) + " is not there");
    }
  }

  /**
   * Deletes what is in use: nothing of it was committed, or will be. If that fails, {@link #begin}
   * does it.
   */
  void clear() throws IOException {
    if (!made) {
      return;
    }
    littered = true;
    List<Path> all = new ArrayList<>();
    for (FileStatus file : hdfs.list(directory)) {
      all.add(file.getPath());
    }
    // The manifest first, so that none ever names a file that is gone.
    all.sort(Comparator.comparing(file -> !isManifest(file.getName())));
    for (Path file : all) {
      if (!isOwner(file.getName())) {
        hdfs.delete(file);
      }
    }
    littered = false;
  }

  /** Whether a file is a manifest, whatever files in use are called. */
  static boolean isManifest(String file) {
    return MANIFEST.matcher(file).matches();
  }

  /** Notes which streams the run takes from now on, for those who find it dead. */
  void takes(Collection<String> more) throws IOException {
    Owner now = owner.taking(more);
    if (made && !now.equals(owner)) {
      try {
        writeOwner(now);
      } catch (FileNotFoundException e) {
        // The run was taken for dead. What is in use fails by itself, and begin makes it anew.
        log.info("{}", e.getMessage());
      }
    }
    owner = now;
  }

  Owner owner() {
    return owner;
  }

  /** What was written before is deleted only then, so that there always is something. */
  private void writeOwner(Owner now) throws IOException {
    String newest = OWNER + owners++ + "-" + now.mark();
    write(newest, now.text());
    for (FileStatus file : hdfs.list(directory)) {
      String other = file.getPath().getName();
      if (isOwner(other) && !other.equals(newest)) {
        hdfs.delete(file.getPath());
      }
    }
  }

  static boolean isOwner(String file) {
    return file.startsWith(OWNER);
  }

  /** Whose it is by an owner file, or by its name if it is torn; empty if neither tells. */
  static Optional<Owner> owner(HdfsClient hdfs, Path file) throws IOException {
    try (InputStream input = hdfs.read(file)) {
      return Owner.parse(input.readAllBytes()).or(() -> ownerByName(file.getName()));
    } catch (FileNotFoundException e) {
      return Optional.empty(); // Just being replaced, so its run is alive.
    }
  }

  /** Whose it is by the name of its owner file alone; empty if that doesn't tell. */
  static Optional<Owner> ownerByName(String file) {
    int mark = file.indexOf('-', OWNER.length());
    return mark < 0 ? Optional.empty() : Owner.marked(file.substring(mark + 1));
  }

  /** Shows from time to time that the run is alive. */
  void live() throws IOException {
    Instant now = clock.instant();
    if (made && Duration.between(sign, now).abs().compareTo(SIGN_OF_LIFE) >= 0) {
      sign = now;
      hdfs.touch(directory, now.toEpochMilli());
    }
  }

  /** Nothing is in use any more: the directory goes, unless something is in it all the same. */
  void end() throws IOException {
    if (!made) {
      return;
    }
    for (FileStatus file : hdfs.list(directory)) {
      if (!isOwner(file.getPath().getName())) {
        return;
      }
    }
    hdfs.deleteTree(directory);
    made = false;
  }
}
