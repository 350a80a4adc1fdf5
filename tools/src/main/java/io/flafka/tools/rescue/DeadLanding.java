package io.flafka.tools.rescue;

import io.flafka.delivery.LastCommit;
import io.flafka.hdfs.exactlyonce.LandingRescue;
import io.flafka.hdfs.exactlyonce.LandingRescue.Action;
import io.flafka.hdfs.exactlyonce.LandingRescue.Left;
import io.flafka.kafka.consume.ParticipantHandover;
import io.flafka.kafka.consume.Streams;
import io.flafka.tools.command.Brokers;
import io.flafka.tools.command.CommandException;
import io.flafka.tools.rescue.Finding.Outcome;
import io.flafka.tools.rescue.Finding.Plan;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A landing that is exactly once, and what its sinks have left. What that is, and whether it is
 * committed, the consumer group tells; without one it can only be named. For one thread.
 */
final class DeadLanding {
  private final LandingRescue rescue;
  private final @Nullable Taken taken;
  private List<Finding> found = List.of();

  /** Where sinks are alive that do all this by themselves; empty if there are none. */
  private String alive = "";

  private long live;

  /** What the sinks took, and by which group. */
  record Taken(Brokers brokers, String group, String topic) {}

  /**
   * @param taken null if that isn't known
   */
  DeadLanding(LandingRescue rescue, @Nullable Taken taken) {
    this.rescue = rescue;
    this.taken = taken;
  }

  /** What the group has committed, as its next owner would be told. */
  private record Known(Set<String> streams, Map<String, LastCommit> commits) {
    static final Known NOTHING = new Known(Set.of(), Map.of());
  }

  /**
   * Looks for what was left, and changes nothing.
   *
   * @throws IOException if that can't be told
   */
  List<Finding> look() throws IOException, InterruptedException {
    Known known = Known.NOTHING;
    if (taken != null) {
      List<String> members = taken.brokers().members(taken.group());
      if (members.isEmpty()) {
        known = known(taken);
      } else {
        alive = "the group " + taken.group() + " has members: " + String.join(", ", members);
      }
    }
    found = look(known);
    return found;
  }

  /** How many runs show signs of life, of this group or of others. */
  long live() {
    return live;
  }

  private static Known known(Taken taken) throws CommandException, InterruptedException {
    Brokers.Topic topic = taken.brokers().topic(taken.topic());
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    taken
        .brokers()
        .committed(taken.group(), taken.topic())
        .forEach(
            (partition, offset) ->
                committed.put(new TopicPartition(taken.topic(), partition), offset));
    if (committed.isEmpty()) {
      throw new CommandException(
          "the group "
              + taken.group()
              + " has committed nothing of the topic "
              + taken.topic()
              + ": check --group and --topic. If that is so, there is nothing to be published, and"
              + " what is unfinished the next sink clears away");
    }
    Set<TopicPartition> partitions = new HashSet<>();
    topic.partitions().forEach(id -> partitions.add(new TopicPartition(taken.topic(), id)));
    return known(taken, topic, partitions, committed);
  }

  private static Known known(
      Taken taken,
      Brokers.Topic topic,
      Set<TopicPartition> partitions,
      Map<TopicPartition, OffsetAndMetadata> committed)
      throws CommandException {
    Streams names = new Streams(taken.group(), Uuid.fromString(topic.id()));
    Set<String> streams = new HashSet<>();
    partitions.forEach(partition -> streams.add(names.apply(partition)));
    try {
      Map<String, LastCommit> commits = ParticipantHandover.commits(names, committed);
      commits.keySet().retainAll(streams);
      return new Known(streams, commits);
    } catch (ChannelException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private List<Finding> look(Known known) throws IOException {
    List<Finding> findings = new ArrayList<>();
    live = 0;
    for (Left left : rescue.look(known.streams(), known.commits())) {
      if (left.action() == Action.LIVE) {
        live++;
      } else {
        findings.add(finding(left));
      }
    }
    return findings;
  }

  private Finding finding(Left left) {
    boolean mayAct = taken != null && alive.isEmpty();
    Plan plan =
        switch (left.action()) {
          case PUBLISH -> mayAct ? Plan.PUBLISH : Plan.LEAVE;
          case ABORT, CLEAR -> mayAct ? Plan.DELETE : Plan.LEAVE;
          case LEAVE, LIVE -> Plan.LEAVE;
        };
    String since = left.lastSign().map(Instant::toString).orElse("");
    return new Finding(left.path(), -1, since, "dead", plan, words(left));
  }

  private String words(Left left) {
    String files = left.files() == 1 ? "1 file" : left.files() + " files";
    if (!alive.isEmpty()) {
      return files
          + ": the sinks that live finish that, "
          + alive
          + "; who died just now is one until its session is over (session.timeout.ms, 45 s)";
    }
    if (taken == null) {
      return files + ": to finish that, add --topic, --group and --bootstrap-server of its channel";
    }
    return switch (left.action()) {
      case PUBLISH -> "publish " + files + ", committed by the group";
      case ABORT -> "delete " + files + ", prepared and not committed: the lines come again";
      case CLEAR -> "delete " + files + ", unfinished and not committed: the lines come again";
      case LEAVE, LIVE ->
          files
              + " of another group or topic than "
              + taken.group()
              + " and "
              + taken.topic()
              + ", or not to be read";
    };
  }

  /**
   * Does what {@link #look} said, as far as that is still so.
   *
   * @param report is told of each what became of it, also of those that are left
   * @throws IOException if nothing can be done, or not all of it
   */
  void apply(Consumer<Outcome> report) throws IOException, InterruptedException {
    if (taken == null || found.stream().allMatch(one -> one.plan() == Plan.LEAVE)) {
      found.forEach(one -> report.accept(one.left(one.words())));
      return;
    }
    try (SoleMember member = SoleMember.join(taken.brokers(), taken.group(), taken.topic())) {
      Brokers.Topic topic = taken.brokers().topic(taken.topic());
      Map<TopicPartition, OffsetAndMetadata> committed = member.committed();
      Known known = known(taken, topic, member.partitions(), committed);
      try {
        rescue.recover(known.streams(), known.commits(), () -> member.confirm(committed));
      } catch (KafkaException e) {
        throw Brokers.failed(
            "the group " + taken.group() + " may have given this command up", "try again", e);
      } finally {
        compare(look(known), report);
      }
    }
  }

  private void compare(List<Finding> now, Consumer<Outcome> report) {
    Map<String, Finding> left = new HashMap<>();
    now.forEach(one -> left.put(one.path(), one));
    for (Finding finding : found) {
      Finding still = left.get(finding.path());
      report.accept(
          still == null
              ? finding.done(finding.plan() == Plan.PUBLISH ? "published" : "deleted")
              : finding.left(still.words()));
    }
  }
}
