package io.flafka.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.flume.source.avro.AvroFlumeEvent;
import org.junit.jupiter.api.Test;

class LineShapeTest {
  private static final byte[] LINE = "x".repeat(200).getBytes(StandardCharsets.US_ASCII);

  @Test
  void comesBackFromItsArgument() {
    assertThat(LineShape.HOURLY.argument()).isEqualTo("24x3600");
    assertThat(LineShape.parse("24x3600")).isEqualTo(LineShape.HOURLY);
    assertThat(LineShape.parse(LineShape.RAW.argument())).isEqualTo(LineShape.RAW);
    assertThat(LineShape.parse(LineShape.minutes(7).argument())).isEqualTo(LineShape.minutes(7));
  }

  @Test
  void leavesALineAloneThatHasNoTime() {
    assertThat(LineShape.RAW.value(LINE, 5)).isEqualTo(LINE);
    assertThat(LineShape.RAW.isTimed()).isFalse();
    assertThat(LineShape.minutes(1).isTimed()).isTrue();
  }

  @Test
  void givesOneLineAfterTheOtherTheNextHour() throws Exception {
    for (int number : new int[] {0, 23, 24 + 7}) {
      byte[] value = LineShape.HOURLY.value(LINE, number);
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, null);

      AvroFlumeEvent event = new SpecificDatumReader<>(AvroFlumeEvent.class).read(null, decoder);

      Instant hour = Instant.parse("2013-09-15T%02d:00:00Z".formatted(number % 24));
      assertThat(event.getBody().array()).isEqualTo(LINE);
      assertThat(event.getHeaders()).hasSize(1);
      Map.Entry<CharSequence, CharSequence> header =
          event.getHeaders().entrySet().iterator().next();
      assertThat(header.getKey()).hasToString("timestamp");
      assertThat(header.getValue()).hasToString(String.valueOf(hour.toEpochMilli()));
      assertThat(decoder.isEnd()).isTrue();
    }
  }
}
