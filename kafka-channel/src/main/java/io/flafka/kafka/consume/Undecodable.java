package io.flafka.kafka.consume;

import io.flafka.kafka.record.Malformed;
import io.flafka.kafka.record.Payload;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What becomes of a record that holds no event. Called on the reader's thread. */
public interface Undecodable {
  /**
   * Returns if the record is kept elsewhere, and may be passed by.
   *
   * @throws ChannelException if nothing after it may be taken
   */
  void met(ConsumerRecord<byte[], Payload> record, Malformed payload);

  /**
   * Nothing after it is taken.
   *
   * @param servers {@code kafka.bootstrap.servers}
   * @param group the consumer group
   * @param format the key that says what values look like, set so that bare lines are events
   */
  record Stop(String servers, String group, String format) implements Undecodable {
    @Override
    public void met(ConsumerRecord<byte[], Payload> record, Malformed payload) {
      throw new ChannelException(
          "The record at "
              + record.topic()
              + "-"
              + record.partition()
              + "@"
              + record.offset()
              + " is no Flume event: "
              + payload.why()
              + ". Nothing more is taken until it is dealt with. If the topic holds bare lines, set"
              + " "
              + format
              + ". To have such records kept in a topic of their own, set deadletter.topic. To"
              + " leave out this one, stop every agent of the group and run:"
              + " kafka-consumer-groups.sh --bootstrap-server "
              + servers
              + " --group "
              + group
              + " --topic "
              + record.topic()
              + ":"
              + record.partition()
              + " --reset-offsets --to-offset "
              + (record.offset() + 1)
              + " --execute");
    }
  }
}
