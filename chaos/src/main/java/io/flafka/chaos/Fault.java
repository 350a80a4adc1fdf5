package io.flafka.chaos;

import io.flafka.chaos.step.LandingKillPoint.Occasion;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;

/** What happens to a pipeline. All is up again when it is over, if it can be. */
enum Fault {
  /** An agent loses power, and comes back. */
  AGENT_KILLED(6) {
    @Override
    String strike(Stage stage, SplittableRandom random) throws IOException {
      Carrier carrier = any(stage, random);
      carrier.kill();
      rest(random, 1_000);
      carrier.start();
      return carrier.name();
    }
  },
  /** It loses power again, while it starts and recovers. */
  AGENT_KILLED_AT_START(4) {
    @Override
    String strike(Stage stage, SplittableRandom random) throws IOException {
      Carrier carrier = any(stage, random);
      carrier.kill();
      carrier.start();
      int millis = random.nextInt(5_000);
      carrier.endsWithin(Duration.ofMillis(millis));
      carrier.kill();
      carrier.start();
      return carrier.name() + ", after " + millis + " ms";
    }
  },
  /** An agent dies at a named step of either hop, in the midst of its work or its recovery. */
  AGENT_DIES_AT_A_STEP(6) {
    @Override
    String strike(Stage stage, SplittableRandom random) throws IOException {
      int which = random.nextInt(stage.carriers().size());
      Carrier carrier = stage.carriers().get(which);
      Carrier other = stage.carriers().get(1 - which);
      Step step = Step.any(random);
      carrier.kill();
      if (step.occasion() == Occasion.REVOKED) {
        other.stop();
      }
      carrier.startToDieAt(step.script());
      if (step.occasion() == Occasion.STOPPED) {
        sleep(WORK);
        carrier.stop();
      } else if (step.occasion() == Occasion.REVOKED) {
        sleep(WORK);
        other.start();
      }
      carrier.endsWithin(REACH);
      boolean died = carrier.diedOfRules();
      carrier.kill();
      carrier.start();
      return carrier.name() + (died ? ": " : ", not where ") + step.sentence();
    }
  },
  /** An agent stands still for longer than the group waits, while another takes its place. */
  AGENT_PAUSED(4) {
    @Override
    String strike(Stage stage, SplittableRandom random) {
      Carrier carrier = any(stage, random);
      carrier.pause();
      int millis = Pipeline.SESSION_MILLIS + random.nextInt(3 * Pipeline.SESSION_MILLIS);
      sleep(millis);
      carrier.resume();
      return carrier.name() + ", for " + millis + " ms";
    }
  },
  /** An agent stands still for less than that. */
  AGENT_PAUSED_SHORTLY(1) {
    @Override
    String strike(Stage stage, SplittableRandom random) {
      Carrier carrier = any(stage, random);
      carrier.pause();
      sleep(random.nextInt(Pipeline.SESSION_MILLIS));
      carrier.resume();
      return carrier.name();
    }
  },
  /** An agent is stopped, the other one gets its partitions, and gives them back. */
  PARTITIONS_MOVED(3) {
    @Override
    String strike(Stage stage, SplittableRandom random) throws IOException {
      Carrier carrier = any(stage, random);
      boolean byItself = carrier.stop();
      rest(random, 4_000);
      carrier.start();
      return carrier.name() + (byItself ? "" : ", which had to be killed");
    }
  },
  /** Flume reloads an agent's configuration. */
  AGENT_RELOADED(1) {
    @Override
    String strike(Stage stage, SplittableRandom random) throws IOException {
      Carrier carrier = any(stage, random);
      boolean noticed = carrier.reload(Duration.ofSeconds(40));
      return carrier.name() + (noticed ? "" : ", which took no notice");
    }
  },
  /** The disk with an agent's spooling directory has no room for a while. */
  DISK_FULL(2) {
    @Override
    String strike(Stage stage, SplittableRandom random) throws IOException {
      SmallDisk disk = stage.disk().orElseThrow();
      disk.fill();
      rest(random, 8_000);
      disk.clear();
      return "";
    }
  },
  BROKER_KILLED(1) {
    @Override
    String strike(Stage stage, SplittableRandom random) throws IOException {
      stage.broker().kill();
      rest(random, 3_000);
      stage.broker().restart();
      return "";
    }
  },
  BROKER_PAUSED(1) {
    @Override
    String strike(Stage stage, SplittableRandom random) {
      return paused(stage.broker().process(), random);
    }
  },
  NAME_NODE_KILLED(1) {
    @Override
    String strike(Stage stage, SplittableRandom random) throws IOException {
      stage.hdfs().nameNode().kill();
      rest(random, 3_000);
      stage.hdfs().restartNameNode();
      return "";
    }
  },
  NAME_NODE_PAUSED(1) {
    @Override
    String strike(Stage stage, SplittableRandom random) {
      return paused(stage.hdfs().nameNode(), random);
    }
  },
  DATA_NODE_KILLED(1) {
    @Override
    String strike(Stage stage, SplittableRandom random) throws IOException {
      stage.hdfs().dataNode().kill();
      rest(random, 3_000);
      stage.hdfs().restartDataNode();
      return "";
    }
  },
  DATA_NODE_PAUSED(1) {
    @Override
    String strike(Stage stage, SplittableRandom random) {
      return paused(stage.hdfs().dataNode(), random);
    }
  },
  /**
   * No directory for readers may take one file more, while there is room for all that is in use.
   */
  HDFS_FULL_OF_NAMES(3) {
    @Override
    String strike(Stage stage, SplittableRandom random) throws IOException {
      try (FileSystem files = stage.hdfs().fileSystem()) {
        DistributedFileSystem hdfs = (DistributedFileSystem) files;
        List<Path> days = days(hdfs);
        for (Path day : days) {
          hdfs.setQuota(day, 1, HdfsConstants.QUOTA_DONT_SET);
        }
        sleep(3_000 + random.nextInt(5_000));
        for (Path day : days) {
          hdfs.setQuota(day, HdfsConstants.QUOTA_RESET, HdfsConstants.QUOTA_DONT_SET);
        }
      }
      return "";
    }
  },
  /** The landing may take no more of the file system than it has. */
  HDFS_FULL(1) {
    @Override
    String strike(Stage stage, SplittableRandom random) throws IOException {
      Path landing = new Path(Stage.LANDING);
      try (FileSystem files = stage.hdfs().fileSystem()) {
        DistributedFileSystem hdfs = (DistributedFileSystem) files;
        hdfs.mkdirs(landing);
        hdfs.setQuota(landing, HdfsConstants.QUOTA_DONT_SET, 1);
        rest(random, 5_000);
        hdfs.setQuota(landing, HdfsConstants.QUOTA_DONT_SET, HdfsConstants.QUOTA_RESET);
      }
      return "";
    }
  };

  /** A step that isn't reached by then isn't reached at all, for lack of an occasion. */
  private static final Duration REACH = Duration.ofSeconds(30);

  /** By then an agent has started, and has files open. */
  private static final int WORK = 8_000;

  private final int weight;

  Fault(int weight) {
    this.weight = weight;
  }

  /** How likely it is, beside the others. */
  int weight() {
    return weight;
  }

  /** Happens; returns to whom, and what else there is to tell. */
  abstract String strike(Stage stage, SplittableRandom random) throws IOException;

  /** The directories below the landing, but for the sinks' own. */
  private static List<Path> days(FileSystem files) throws IOException {
    return Arrays.stream(files.globStatus(new Path(Stage.LANDING + "/[0-9]*")))
        .map(FileStatus::getPath)
        .toList();
  }

  private static Carrier any(Stage stage, SplittableRandom random) {
    return stage.carriers().get(random.nextInt(stage.carriers().size()));
  }

  private static String paused(JavaProcess process, SplittableRandom random) {
    process.pause();
    int millis = random.nextInt(8_000);
    sleep(millis);
    process.resume();
    return "for " + millis + " ms";
  }

  private static void rest(SplittableRandom random, int most) {
    sleep(random.nextInt(most));
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
