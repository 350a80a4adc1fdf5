package io.flafka.hdfs.file;

import io.flafka.hdfs.bucket.Bucket;
import io.flafka.hdfs.format.AvroFormat;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import org.apache.hadoop.fs.Path;

/**
 * Gives files their names.
 *
 * <pre>
 *   {directory}/{prefix}.{milliseconds}-{run}-{number}{suffix}
 *   /weblogs/2013-09-15/FlumeData.1379203200123-5f3a9c1e-17.log
 *   /weblogs/2013-09-15/FlumeData.1379203200123-5f3a9c1e-17.log.tmp    while it is written
 * </pre>
 *
 * <p>Milliseconds say when the file was opened, so that names sort by time. The run is eight random
 * hexadecimal digits, new at each start of a sink, and the number counts the files of that run: two
 * files never have the same name, whichever sinks, agents and restarts they come from.
 *
 * <p>For one thread.
 */
public final class FileNames {
  private final NamePattern pattern;
  private final InstantSource clock;
  private final String run;
  private long number;

  /**
   * Begins to count.
   *
   * @param run what no other start of any sink has
   */
  public FileNames(NamePattern pattern, InstantSource clock, String run) {
    this.pattern = pattern;
    this.clock = clock;
    this.run = run;
  }

  /** What no other start of any sink has. */
  public static String newRun() {
    return HexFormat.of().toHexDigits(new SecureRandom().nextInt());
  }

  public Names next(Bucket bucket) {
    String name =
        bucket.prefix() + '.' + clock.millis() + '-' + run + '-' + number++ + suffix(bucket);
    String directory = bucket.directory() + '/';
    return new Names(
        new Path(directory + name),
        new Path(directory + pattern.inUsePrefix() + name + pattern.inUseSuffix()));
  }

  private String suffix(Bucket bucket) {
    return bucket.letters() ? AvroFormat.LETTERS.extension() : pattern.suffix();
  }

  /**
   * The two names of a file.
   *
   * @param inUse while it is written; may be the same as the other one, if configured so
   */
  public record Names(Path published, Path inUse) {}
}
