package io.flafka.hdfs.format;

import java.io.IOException;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.sink.hdfs.SequenceFileSerializer;
import org.apache.hadoop.io.SequenceFile;

/** Makes {@link SerializedRecords}. Loaded only where somebody asks for them. */
final class SerializedMaker implements Records.Maker {
  private final SequenceFileSerializer serializer;

  private SerializedMaker(SequenceFileSerializer serializer) {
    this.serializer = serializer;
  }

  static SerializedMaker build(String name, Map<String, String> keys) {
    try {
      Object builder = Class.forName(name).getDeclaredConstructor().newInstance();
      if (builder instanceof SequenceFileSerializer.Builder ours) {
        return new SerializedMaker(ours.build(new Context(keys)));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(e.toString(), e);
    }
    throw new IllegalArgumentException(
        "it is no " + SequenceFileSerializer.Builder.class.getName());
  }

  @Override
  public Class<?> keyClass() {
    return serializer.getKeyClass();
  }

  @Override
  public Class<?> valueClass() {
    return serializer.getValueClass();
  }

  @Override
  public void append(Event event, SequenceFile.Writer writer) throws IOException {
    for (SequenceFileSerializer.Record made : serializer.serialize(event)) {
      writer.append(made.getKey(), made.getValue());
    }
  }
}
