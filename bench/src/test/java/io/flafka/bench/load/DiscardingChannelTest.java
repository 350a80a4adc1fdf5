package io.flafka.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.Transaction;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscardingChannelTest {
  private static final byte[] BODY = "a line".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;

  private final DiscardingChannel channel = new DiscardingChannel();

  @BeforeEach
  void configure() {
    channel.setName("c1");
    channel.configure(
        new Context(Map.of("tally", folder.resolve("tally").toString(), "stamped", "true")));
  }

  private void put(boolean commits) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    channel.put(EventBuilder.withBody(BODY, Map.of("timestamp", "17")));
    channel.put(EventBuilder.withBody(BODY));
    if (commits) {
      transaction.commit();
    } else {
      transaction.rollback();
    }
    transaction.close();
  }

  @Test
  void talliesWhatIsCommittedOnce() {
    put(false);
    put(true);
    put(true);

    assertThat(TallyFile.open(folder.resolve("tally")).read())
        .returns(4L, Tally::lines)
        .returns(24L, Tally::bytes)
        .returns(2L, Tally::stamped);
  }

  @Test
  void keepsNothing() {
    put(true);

    Transaction transaction = channel.getTransaction();
    transaction.begin();
    assertThat(channel.take()).isNull();
    transaction.commit();
    transaction.close();
  }
}
