package io.flafka.spooldir.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.serialization.EventSerializer;
import org.apache.flume.serialization.EventSerializerFactory;
import org.junit.jupiter.api.Test;

class FileEventTest {
  private final FileEvent event =
      new FileEvent("stream", 5, "line".getBytes(UTF_8), Map.of("basename", "access.log"));

  @Test
  void itsHeadersAreItsOwn() {
    FileEvent neighbour = event.asRead();

    event.getHeaders().put("host", "web1");

    assertThat(event.getHeaders()).isEqualTo(Map.of("basename", "access.log", "host", "web1"));
    assertThat(neighbour.getHeaders()).isEqualTo(Map.of("basename", "access.log"));
  }

  @Test
  void flumesAvroSerializerFindsHeadersThatNobodyAskedFor() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    EventSerializer serializer =
        EventSerializerFactory.getInstance("AVRO_EVENT", new Context(), file);
    serializer.afterCreate();
    serializer.write(event);
    serializer.flush();

    assertThat(file.toString(UTF_8)).contains("basename", "access.log", "line");
  }
}
