package io.flafka.hdfs.format.avro;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatumTest {
  private static final Schema EVERYTHING =
      schema(
          """
          {"type": "record", "name": "R", "fields": [
            {"name": "i", "type": "int"}, {"name": "l", "type": "long"},
            {"name": "f", "type": "float"}, {"name": "d", "type": "double"},
            {"name": "b", "type": "boolean"}, {"name": "s", "type": "string"},
            {"name": "y", "type": "bytes"}, {"name": "n", "type": "null"},
            {"name": "x", "type": {"type": "fixed", "name": "X", "size": 3}},
            {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A", "B"]}},
            {"name": "u", "type": ["null", "string", "R"]},
            {"name": "a", "type": {"type": "array", "items": "long"}},
            {"name": "m", "type": {"type": "map", "values": ["null", "int"]}}]}
          """);

  private static Schema schema(String text) {
    return new Schema.Parser().parse(text);
  }

  private static byte[] encoded(Object datum) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().blockingBinaryEncoder(out, null);
    new GenericDatumWriter<>(EVERYTHING).write(datum, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  @Test
  void takesWhateverAvroWrites() throws Exception {
    for (Object datum : new RandomData(EVERYTHING, 200, 7L)) {
      byte[] bytes = encoded(datum);
      assertThatCode(() -> Datum.check(EVERYTHING, bytes)).doesNotThrowAnyException();
      byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Datum.check(EVERYTHING, more))
          .withMessageContaining("1 bytes too many");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Datum.check(EVERYTHING, Arrays.copyOf(bytes, bytes.length - 1)));
    }
  }

  @Test
  void takesNothingThatAvroCannotRead() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    int taken = 0;
    for (Object datum : new RandomData(EVERYTHING, 500, 7L)) {
      byte[] bytes = encoded(datum);
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        Datum.check(EVERYTHING, bytes);
      } catch (IllegalArgumentException e) {
        continue;
      }
      taken++;
      assertThatCode(
              () ->
                  new GenericDatumReader<>(EVERYTHING)
                      .read(null, DecoderFactory.get().binaryDecoder(bytes, null)))
          .as(HexFormat.of().formatHex(bytes))
          .doesNotThrowAnyException();
    }
    org.assertj.core.api.Assertions.assertThat(taken).isBetween(10, 490);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"string\"', 0a61, a length of 5 can't be",
    "'\"string\"', 01, a length of -1 can't be",
    "'\"bytes\"', feffffffffffffffff01, can't be",
    "'\"int\"', 8080808080808080808080, a number doesn't end",
    "'\"int\"', 808080808020, an int has too many bits",
    "'\"boolean\"', 02, a boolean is neither",
    "'[\"null\"]', 02, there is no choice number 1",
    "'{\"type\": \"array\", \"items\": \"long\"}', feffffffffffffffff01, it ends too early",
    "'{\"type\": \"array\", \"items\": \"long\"}', ffffffffffffffffff0100, impossible length",
    "'\"null\"', 00, 1 bytes too many",
    "'\"int\"', '', it ends too early",
  })
  void saysWhatIsWrong(String schema, String hex, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datum.check(schema(schema), HexFormat.of().parseHex(hex)))
        .withMessageContaining(why);
  }

  @Test
  void endsSoonWhateverIsClaimed() {
    Schema nulls = schema("{\"type\": \"array\", \"items\": \"null\"}");
    byte[] claim = HexFormat.of().parseHex("feffffffffffffffff0100");
    assertThatCode(() -> Datum.check(nulls, claim)).doesNotThrowAnyException();
  }

  @Test
  void isNotLedTooDeep() {
    Schema list =
        schema(
            """
            {"type": "record", "name": "N", "fields": [
              {"name": "next", "type": ["null", "N"]}]}
            """);
    byte[] deep = new byte[100_000];
    Arrays.fill(deep, (byte) 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datum.check(list, deep))
        .withMessageContaining("too deep");
  }
}
