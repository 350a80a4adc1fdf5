package io.flafka.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.kafka.record.ValueFormat;
import java.io.IOException;
import org.apache.flume.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StockValuesTest {
  @ParameterizedTest
  @EnumSource
  void areThoseThatOursWrite(ValueFormat ours) throws IOException {
    StockValues stock = new StockValues(ours == ValueFormat.FLUME_EVENT);

    for (Event event : Weblog.events(24)) {
      assertThat(stock.encode(event)).isEqualTo(ours.encode(event));
    }
  }

  @Test
  void areReadAsTheyWereWritten() throws IOException {
    StockValues stock = new StockValues(true);

    for (Event event : Weblog.events(24)) {
      Event read = stock.decode(stock.encode(event));

      assertThat(read.getBody()).isEqualTo(event.getBody());
      assertThat(read.getHeaders()).isEqualTo(event.getHeaders());
    }
  }
}
