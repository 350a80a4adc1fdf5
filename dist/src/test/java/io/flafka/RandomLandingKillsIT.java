package io.flafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.TestbedExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two agents carry files to HDFS, each its own, over one topic and in one group. At random moments
 * one of them is killed, paused for longer than the group waits for it, or stopped, or the broker
 * or the NameNode is killed; in the end each line has landed once.
 *
 * <p>{@code -Dflafka.kills=50} and {@code -Dflafka.kills.seed=...} as for {@link RandomKillsIT}.
 */
@ExtendWith(TestbedExtension.class)
class RandomLandingKillsIT {
  private static final int BLOWS = Integer.getInteger("flafka.kills", 6);
  private static final long SEED = Long.getLong("flafka.kills.seed", new Random().nextLong());
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int PARTITIONS = 3;
  private static final int MOST_WAITING = 4;

  @TempDir private Path folder;
  private final Random random = new Random(SEED);

  /** Of its own, since how much is dropped depends on how fast the agents are. */
  private final Random dropping = new Random(~SEED);

  private final String assignor =
      random.nextBoolean() ? "RangeAssignor" : "CooperativeStickyAssignor";

  /** What happens to an agent, or to what it needs. */
  private enum Blow {
    KILLED,
    KILLED_AT_START,
    PAUSED,
    STOPPED,
    NAME_NODE_KILLED,
    BROKER_KILLED;

    /** How likely they are, in twelfths. */
    private static final List<Blow> TWELFTHS =
        List.of(
            KILLED,
            KILLED,
            KILLED,
            KILLED,
            KILLED_AT_START,
            KILLED_AT_START,
            PAUSED,
            PAUSED,
            PAUSED,
            STOPPED,
            NAME_NODE_KILLED,
            BROKER_KILLED);

    static Blow any(Random random) {
      return TWELFTHS.get(random.nextInt(TWELFTHS.size()));
    }
  }

  @Test
  void loseNothingAndDoubleNothing(Broker broker, Hdfs hdfs) throws Exception {
    try (Landing landing = new Landing(broker, hdfs, "random-landing", PARTITIONS, folder)) {
      List<Carrier> carriers = new ArrayList<>();
      for (String name : List.of("left", "right")) {
        carriers.add(new Carrier(name, landing));
      }
      Map<Blow, Integer> blows = new EnumMap<>(Blow.class);
      for (int blow = 1; blow <= BLOWS; blow++) {
        for (Carrier carrier : carriers) {
          carrier.drop();
        }
        Blow what = Blow.any(random);
        switch (what) {
          case NAME_NODE_KILLED -> {
            hdfs.nameNode().kill();
            hdfs.restartNameNode();
          }
          case BROKER_KILLED -> {
            broker.kill();
            broker.restart();
          }
          default -> carriers.get(random.nextInt(carriers.size())).suffer(what);
        }
        blows.merge(what, 1, Integer::sum);
      }

      String story =
          "seed %d, %s, %s, %,d lines".formatted(SEED, assignor, blows, landing.written());
      System.out.println(story);
      for (Carrier carrier : carriers) {
        Await.until(story + ": every file is retired", LIMIT, () -> carrier.waiting() == 0);
      }
      landing.ageUnclaimed();
      carriers.get(0).suffer(Blow.STOPPED); // Its successor clears away what is left.
      Agent[] agents = carriers.stream().map(Carrier::agent).toArray(Agent[]::new);
      landing.awaitAllOf(LIMIT, agents);
      for (Agent agent : agents) {
        assertThat(agent.stop()).as("ends by itself").isTrue();
      }
      assertThat(landing.unfinished()).as(story).isEmpty();
    } catch (AssertionError | IllegalStateException e) {
      throw new AssertionError("seed " + SEED, e);
    }
  }

  /** An agent from a spooling directory to HDFS. */
  private final class Carrier {
    private final String name;
    private final Landing landing;
    private final Path spool;
    private Agent agent;

    Carrier(String name, Landing landing) throws IOException {
      this.name = name;
      this.landing = landing;
      this.spool = Files.createDirectories(folder.resolve("spool-" + name));
      this.agent = start();
    }

    private Agent start() throws IOException {
      return landing.start(
          name,
          landing.configuration()
              + """
              agent1.sources = files
              agent1.sources.files.type = io.flafka.SpoolDirSource
              agent1.sources.files.channels = kafka
              agent1.sources.files.spoolDir = %s
              agent1.sources.files.pollDelay = 50
              agent1.sources.files.basenameHeader = true
              agent1.channels.kafka.kafka.record.headers = basename
              agent1.channels.kafka.kafka.transactional.id = random-landing-%s
              agent1.channels.kafka.kafka.producer.transaction.timeout.ms = 3000
              agent1.channels.kafka.kafka.consumer.partition.assignment.strategy = \
              org.apache.kafka.clients.consumer.%s
              agent1.sinks.hdfs.hdfs.path = %s/%%{basename}
              agent1.sinks.hdfs.hdfs.rollCount = 2000
              """
                  .formatted(spool, name, assignor, landing.uri()));
    }

    Agent agent() {
      return agent;
    }

    /** Some files, under names that were used before. */
    void drop() throws IOException {
      int files = dropping.nextInt(4);
      for (int i = 0; i < files && waiting() < MOST_WAITING; i++) {
        Path file = spool.resolve("access-" + dropping.nextInt(5) + ".log");
        int lines = dropping.nextInt(10) == 0 ? 30_000 : 1 + dropping.nextInt(3_000);
        if (!Files.exists(file)) {
          Path unfinished = folder.resolve(name + ".unfinished");
          Files.write(unfinished, landing.lines(lines).getBytes(US_ASCII));
          Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }

    long waiting() throws IOException {
      try (Stream<Path> files = Files.list(spool)) {
        return files
            .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(".log"))
            .count();
      }
    }

    void suffer(Blow blow) throws IOException {
      switch (blow) {
        case KILLED -> {
          agent.awaitLog(": started, exactly_once");
          liveOn(2_500);
          agent.process().kill();
          agent = start();
        }
        case KILLED_AT_START -> {
          liveOn(2_000);
          agent.process().kill();
          agent = start();
        }
        case PAUSED -> {
          liveOn(1_500);
          agent.process().pause();
          Duration pause = Landing.SESSION.multipliedBy(2).plusMillis(random.nextInt(2_000));
          agent.process().exitsWithin(pause);
          agent.process().resume();
        }
        case STOPPED -> {
          liveOn(1_500);
          assertThat(agent.stop()).as("ends by itself").isTrue();
          agent = start();
        }
        default -> throw new IllegalArgumentException(blow.toString());
      }
    }

    private void liveOn(int meanMillis) {
      long millis = (long) (-meanMillis * Math.log(1 - random.nextDouble()));
      assertThat(agent.process().exitsWithin(Duration.ofMillis(millis)))
          .as("ends by itself, seed %d:\n%s", SEED, Armed.log(agent))
          .isFalse();
    }
  }
}
