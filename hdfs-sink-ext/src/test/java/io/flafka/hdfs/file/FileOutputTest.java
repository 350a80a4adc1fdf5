package io.flafka.hdfs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.junit.jupiter.api.Test;

class FileOutputTest {
  private final AtomicInteger givenBack = new AtomicInteger();

  @Test
  void givesBackWhatItOwnsOnceHoweverOftenItIsClosed() throws Exception {
    FileOutput output =
        new FileOutput(new FSDataOutputStream(new ByteArrayOutputStream(), null), Sync.HFLUSH);
    output.own(givenBack::incrementAndGet);

    output.close();
    output.close();

    assertThat(givenBack).hasValue(1);
  }

  @Test
  void givesItBackThoughTheFileCanNotBeClosed() throws Exception {
    FSDataOutputStream broken =
        new FSDataOutputStream(
            new ByteArrayOutputStream() {
              @Override
              public void close() throws IOException {
                throw new IOException("no DataNode");
              }
            },
            null);
    FileOutput output = new FileOutput(broken, Sync.HFLUSH);
    output.own(givenBack::incrementAndGet);

    assertThatThrownBy(output::close).hasMessage("no DataNode");

    assertThat(givenBack).hasValue(1);
  }
}
