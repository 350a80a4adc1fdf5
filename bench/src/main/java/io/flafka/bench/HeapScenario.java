package io.flafka.bench;

import io.flafka.testbed.Home;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * The whole way by the configuration that is shipped, in a small heap and in a large one. An agent
 * whose heap is too small leaves it in a file beside its log.
 */
final class HeapScenario implements Scenario<HeapSubject> {
  private static final String CONF = "conf/spooldir_kafkachannel_hdfs.conf";
  private static final long STOCK_PART = 48;
  private static final long LEAST_FILES = 48;

  private final WholeScenario whole = WholeScenario.hourly();

  @Override
  public String name() {
    return "heap";
  }

  @Override
  public long events() {
    return 8_000_000;
  }

  @Override
  public List<HeapSubject> subjects() {
    return List.of(
        new HeapSubject(Contender.STOCK, HeapSubject.USUAL),
        new HeapSubject(Contender.EXACTLY_ONCE, 64),
        new HeapSubject(Contender.EXACTLY_ONCE, HeapSubject.USUAL),
        new HeapSubject(Contender.EXACTLY_ONCE, 2_048));
  }

  @Override
  public long share(HeapSubject subject, long events) {
    return subject.isStock() ? Math.max(1, events / STOCK_PART) : events;
  }

  @Override
  public Layout<HeapSubject> layout() {
    return HeapSubject.LAYOUT;
  }

  @Override
  public String caption(long events) {
    return "%,d web-log lines a run, of which stock carries %,d, by %s with hdfs.rollSize = 8 MB; "
            .formatted(events, events / STOCK_PART, CONF)
        + "measured "
        + Steady.WHEN;
  }

  @Override
  public void prepare(Rig rig, long events) throws IOException {
    whole.prepare(rig, events);
  }

  @Override
  public Trial start(Rig rig, HeapSubject subject, long events, String id) throws IOException {
    Weblogs input = rig.largeWeblogs(events, LEAST_FILES).first(share(subject, events));
    Flow flow = Flow.create(rig, id);
    Map<String, String> environment =
        Map.of(
            "KAFKA_BOOTSTRAP_SERVERS",
            rig.topics().bootstrapServers(),
            "KAFKA_TOPIC",
            id,
            "SPOOL_DIR",
            flow.spool().path().toString(),
            "HDFS_URI",
            flow.landed().path().toString(),
            "IDLE_SECONDS",
            "2",
            Rig.HEAP_VARIABLE,
            "-Xmx%dm -XX:+HeapDumpOnOutOfMemoryError -XX:HeapDumpPath=%s"
                .formatted(subject.megabytes(), rig.folder(id).resolve("heap.hprof")));
    JavaProcess process = rig.startAgent(id, configuration(subject, id), environment);
    // It rolls so seldom that nearly all is committed at its end.
    return Carrying.atOnce(subject.whole(), flow, process, input);
  }

  /** Of a key that is there twice, the last value counts. */
  private static String configuration(HeapSubject subject, String group) throws IOException {
    StringBuilder text = new StringBuilder(Files.readString(Home.root().resolve(CONF)));
    subject
        .keys(group)
        .forEach(
            (key, value) -> text.append("\n%s.%s = %s".formatted(AgentFile.AGENT, key, value)));
    return text.append('\n').toString();
  }

  @Override
  public void clear(Rig rig, long events) {
    // Every trial has deleted its topic and its folder.
  }
}
