package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.Drops.Differences;
import io.flafka.chaos.step.Form;
import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.Home;
import io.flafka.testbed.TestbedExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent is killed at random moments, again and again, while files of all kinds come in; then
 * Kafka's own console consumer sees each of their lines once, and in order.
 *
 * <p>{@code -Dflafka.kills=50} kills so often; {@code -Dflafka.kills.seed=...} repeats a run, as
 * far as time can be repeated.
 */
@ExtendWith(TestbedExtension.class)
class RandomKillsIT {
  private static final int KILLS = Integer.getInteger("flafka.kills", 12);
  private static final long SEED = Long.getLong("flafka.kills.seed", new Random().nextLong());
  private static final String TOPIC = "random-kills";
  private static final int MOST_WAITING = 20;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  /** What an agent is allowed to get to before its days are numbered. */
  private enum Phase {
    START_UP("", 700),
    RECOVERY("each line exactly once", 250),
    FIRST_LINES("is ours, after", 250),
    FULL_SPEED("Settlement - delivered", 1_000);

    private final String log;
    private final int meanMillis;

    Phase(String log, int meanMillis) {
      this.log = log;
      this.meanMillis = meanMillis;
    }

    static Phase any(Random random) {
      return values()[random.nextInt(values().length)];
    }

    void await(Agent agent) {
      if (!log.isEmpty()) {
        agent.awaitLog(log);
      }
    }

    Duration more(Random random) {
      return Duration.ofMillis((long) (-meanMillis * Math.log(1 - random.nextDouble())));
    }
  }

  @Test
  void loseNothingAndDoubleNothing(Broker broker) throws Exception {
    broker.createTopic(TOPIC, 1, Map.of("retention.ms", "-1"));
    Installation flume = Installation.plain(folder).using(broker, TOPIC);
    Drops drops = new Drops(folder.resolve("dropped"));
    AtomicBoolean enough = new AtomicBoolean();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Map<Phase, Integer> killed;
    try {
      Future<?> dropping =
          thread.submit(new Dropping(flume.spool(), drops, new Random(SEED), enough));
      killed = killAgain(flume, new Random(~SEED));
      enough.set(true);
      dropping.get();
    } finally {
      enough.set(true);
      thread.shutdown();
    }
    Agent last = start(flume, "last");
    Await.until("every file is retired", LIMIT, () -> waiting(flume.spool()) == 0);
    assertThat(last.stop()).as("ends by itself").isTrue();

    String story =
        "seed %d, killed %s, %,d files, %,d lines"
            .formatted(SEED, killed, drops.files(), drops.events());
    Differences differences =
        ConsoleConsumer.read(broker, TOPIC, folder.resolve("console"), drops::compare);
    System.out.println(story + ": " + differences);
    assertThat(differences).as(story).isEqualTo(Differences.NONE);
  }

  private static Map<Phase, Integer> killAgain(Installation flume, Random random)
      throws IOException {
    Map<Phase, Integer> killed = new EnumMap<>(Phase.class);
    for (int kill = 1; kill <= KILLS; kill++) {
      Agent agent = start(flume, "killed-" + kill);
      Phase phase = Phase.any(random);
      phase.await(agent);
      Duration more = phase.more(random);
      assertThat(agent.process().exitsWithin(more))
          .as("ends before it is killed, seed %d:\n%s", SEED, agent.process().lastLines(60))
          .isFalse();
      agent.process().kill();
      killed.merge(phase, 1, Integer::sum);
    }
    return killed;
  }

  private static Agent start(Installation flume, String name) throws IOException {
    String channel = "agent1.channels.kafka-channel.";
    return flume.start(
        name,
        Files.readString(Home.root().resolve("conf/spooldir_kafkachannel.conf"))
            + "agent1.sources.webserver-log-source.pollDelay = 50\n"
            + channel
            + "delivery.guarantee = exactly_once\n"
            + channel
            + "kafka.transactional.id = random-kills\n"
            + channel
            + "ledger.topic = random-kills-ledger\n");
  }

  private static long waiting(Path spool) throws IOException {
    try (Stream<Path> files = Files.list(spool)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".COMPLETED"))
          .count();
    }
  }

  /** Somebody who drops files, some of them under names that were used before. */
  private record Dropping(Path spool, Drops drops, Random random, AtomicBoolean enough)
      implements Callable<@Nullable Void> {
    @Override
    public @Nullable Void call() throws IOException {
      while (!enough.get()) {
        dropNext();
      }
      return null;
    }

    private void dropNext() throws IOException {
      Await.until("few wait", LIMIT, () -> enough.get() || waiting(spool) < MOST_WAITING);
      int lines = lines();
      Form form = form(lines);
      Path file = spool.resolve(name() + (form == Form.GZIP ? ".gz" : ""));
      if (!Files.exists(file)) {
        drops.drop(file, form, lines);
      }
    }

    private int lines() {
      int kind = random.nextInt(10);
      if (kind == 0) {
        return 0;
      }
      return kind < 6
          ? 1 + random.nextInt(50)
          : kind < 9 ? 500 + random.nextInt(4_500) : 20_000 + random.nextInt(40_000);
    }

    private Form form(int lines) {
      int kind = random.nextInt(10);
      return kind < 3 ? Form.GZIP : kind == 3 && lines > 0 ? Form.UNENDED : Form.PLAIN;
    }

    private String name() {
      return random.nextBoolean()
          ? "access-" + random.nextInt(5) + ".log"
          : random.nextLong() + ".log";
    }
  }
}
