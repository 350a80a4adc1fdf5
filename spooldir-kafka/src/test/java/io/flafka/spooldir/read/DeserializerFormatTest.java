package io.flafka.spooldir.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.flume.Context;
import org.apache.flume.conf.ConfigurationException;
import org.apache.flume.serialization.EventDeserializer;
import org.apache.flume.serialization.ResettableInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeserializerFormatTest {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"f\",\"type\":\"string\"}]}");

  @TempDir private Path folder;

  /** Is no builder. */
  public static final class NoBuilder {}

  /** Nobody may make one. */
  public static final class Locked implements EventDeserializer.Builder {
    private Locked() {}

    @Override
    public EventDeserializer build(Context context, ResettableInputStream in) {
      throw new IllegalStateException();
    }
  }

  private TestFile words(String content) throws IOException {
    return new TestFile(folder.resolve("words"), content.getBytes(UTF_8))
        .with("deserializer", Words.Builder.class.getName());
  }

  private TestFile avro(byte[] content) throws IOException {
    return new TestFile(folder.resolve("a.avro"), content).with("deserializer", "avro");
  }

  private static byte[] container(int records, int recordsOfABlock) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(SCHEMA))) {
      writer.create(SCHEMA, file);
      for (int i = 0; i < records; i++) {
        writer.append(new GenericRecordBuilder(SCHEMA).set("f", "record " + i).build());
        if (i % recordsOfABlock == recordsOfABlock - 1) {
          writer.sync();
        }
      }
    }
    return file.toByteArray();
  }

  private static String record(byte[] body) {
    return new String(body, 1, body.length - 1, UTF_8);
  }

  @Test
  void readsEveryRecordOnceFromEveryOffset() throws IOException {
    List<byte[]> bodies = avro(container(25, 7)).bodiesFromEverywhere();

    assertThat(bodies).hasSize(25);
    assertThat(record(bodies.get(0))).isEqualTo("record 0");
    assertThat(record(bodies.get(24))).isEqualTo("record 24");
  }

  @Test
  void offsetsCountEvents() throws IOException {
    try (EventReader reader = avro(container(25, 7)).open(3)) {
      FileEvent event = reader.next();
      assertThat(event).isNotNull();
      assertThat(event.position().offset()).isEqualTo(4);
      assertThat(record(event.getBody())).isEqualTo("record 3");
      assertThat(event.getHeaders()).containsKeys("flume.avro.schema.hash", "basename");
      assertThat(reader.consumed()).isPositive();
    }
  }

  @Test
  void theDeserializerReadsItsKeysAndItsCharset() throws IOException {
    assertThat(words("a \u00e9 b").with("inputCharset", "ISO-8859-1").bodies(0))
        .containsExactly(utf8("a"), utf8("\u00c3\u00a9"), utf8("b"));
    assertThat(words("a x b").with("deserializer.poison", "x").broken().bodies()).hasSize(1);
    TestFile literal = avro(container(1, 1)).with("deserializer.schemaType", "literal");
    try (EventReader reader = literal.open(0)) {
      FileEvent event = reader.next();
      assertThat(event).isNotNull();
      assertThat(event.getHeaders()).containsEntry("flume.avro.schema.literal", SCHEMA.toString());
    }
  }

  @Test
  void theFilesHeadersHaveTheLastWord() throws IOException {
    try (EventReader reader = words("abc").open(0)) {
      FileEvent event = reader.next();
      assertThat(event).isNotNull();
      assertThat(event.getHeaders()).containsEntry("length", "3").containsEntry("basename", "a");
    }
  }

  @Test
  void givesAllEventsBeforeTheOneThatFails() throws IOException {
    TestFile.Broken broken = words("a b poison c").broken();

    assertThat(broken.bodies()).containsExactly(utf8("a"), utf8("b"));
    assertThat(broken.failure())
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContainingAll(
            folder.resolve("words").toString(), "after event 2", "IllegalStateException: poisoned");
  }

  @Test
  void aFileThatIsNotAvroIsMalformed() throws IOException {
    for (byte[] content : List.of(new byte[0], utf8("no Avro"))) {
      assertThat(avro(content).broken().failure())
          .isInstanceOf(MalformedFileException.class)
          .hasMessageContainingAll("a.avro", "deserializer = AVRO", "after event 0");
    }
  }

  @Test
  void aContainerThatIsCutOffIsMalformedUnlessBetweenTwoBlocks() throws IOException {
    byte[] good = container(25, 7);
    List<byte[]> all = avro(good).bodies(0);
    List<Integer> whole = new ArrayList<>();
    for (int length = 0; length < good.length; length++) {
      TestFile.Broken broken = avro(Arrays.copyOf(good, length)).broken();
      List<byte[]> records = broken.bodies().stream().filter(body -> body.length > 0).toList();
      assertThat(records).containsExactlyElementsOf(all.subList(0, records.size()));
      if (broken.failure() == null) {
        whole.add(records.size());
      } else {
        assertThat(broken.failure()).isInstanceOf(MalformedFileException.class);
      }
    }
    assertThat(whole).containsExactly(0, 7, 14, 21);
  }

  @Test
  void aContainerWithAWrongByteIsReadOrMalformedAndNothingElse() throws IOException {
    byte[] good = container(25, 7);
    int malformed = 0;
    for (int at = 0; at < good.length; at++) {
      for (int wrong : new int[] {1, 0x40, 0x80, 0xff}) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) wrong;
        Exception failure = avro(bad).broken().failure();
        if (failure != null) {
          assertThat(failure).as("byte %d", at).isInstanceOf(MalformedFileException.class);
          malformed++;
        }
      }
    }
    assertThat(malformed).isGreaterThan(good.length);
  }

  @Test
  void aBlockThatClaimsMoreThanMemoryHoldsIsMalformed() throws IOException {
    byte[] oneRecordOf2GiB = {2, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};

    assertThat(avro(Contents.join(container(0, 1), oneRecordOf2GiB)).broken().failure())
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("OutOfMemoryError");
  }

  @Test
  void aFileWithoutEventsIsOneEmptyEventAndNoMoreAfterIt() throws IOException {
    assertThat(avro(container(0, 1)).bodiesFromEverywhere()).containsExactly(new byte[0]);
    assertThat(words("").bodiesFromEverywhere()).containsExactly(new byte[0]);
  }

  @Test
  void aFileThatHasFewerEventsThanWereReadIsRefused() throws IOException {
    assertThatThrownBy(() -> words("a b").open(3))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("it has 2 events, of which 3 were read");
  }

  @Test
  void countsTheEventsBeforeAnOffsetOfStockFlume() throws IOException {
    TestFile file = words("ab c def");
    InputFormat format = file.format();
    Path path = folder.resolve("words");

    assertThat(format.offsetAt(path, 0)).isZero();
    assertThat(format.offsetAt(path, 3)).isEqualTo(1);
    assertThat(format.offsetAt(path, 4)).isEqualTo(1);
    assertThat(format.offsetAt(path, 5)).isEqualTo(2);
    assertThat(format.offsetAt(path, 8)).isEqualTo(3);
    assertThat(format.offsetAt(path, 800)).isEqualTo(3);
  }

  /**
   * Stock Flume stores where a block begins after the last of the one before, or after any in it.
   */
  @Test
  void losesNothingOfAnAvroBlockThatStockFlumeWasIn() throws IOException {
    InputFormat format = avro(container(25, 7)).format();
    Path path = folder.resolve("a.avro");
    List<Long> marks = new ArrayList<>();
    try (DeserializedEvents events = new DeserializedEvents(path, (DeserializerFormat) format)) {
      while (events.next() != null) {
        marks.add(events.mark());
      }
    }

    for (int delivered = 1; delivered <= marks.size(); delivered++) {
      long offset = format.offsetAt(path, marks.get(delivered - 1));
      assertThat(offset).isBetween(delivered - 6L, (long) delivered);
    }
    assertThat(format.offsetAt(path, marks.get(6))).isEqualTo(7);
    assertThat(format.offsetAt(path, marks.get(12))).isEqualTo(7);
    assertThat(format.offsetAt(path, marks.get(13))).isEqualTo(14);
  }

  @Test
  void anAvroFileIsTheSameFormatHoweverItIsSpelled() throws IOException {
    TestFile file = avro(container(1, 1));
    assertThat(file.format().name(Path.of("a"))).isEqualTo("AVRO");
    file.with("deserializer", "org.apache.flume.serialization.AvroEventDeserializer$Builder");
    assertThat(file.format().name(Path.of("a"))).isEqualTo("AVRO");
    assertThat(words("").format().name(Path.of("a"))).isEqualTo(Words.Builder.class.getName());
  }

  @Test
  void aBuilderThatIsNoneIsAProblemOfTheConfiguration() throws IOException {
    assertRefused("no.such.Builder", "on Flume's class path");
    assertRefused("OTHER", "it takes LINE, AVRO");
    assertRefused(NoBuilder.class.getName(), "implements EventDeserializer.Builder");
    assertRefused(Locked.class.getName(), "public constructor without parameters");
    assertThatThrownBy(avro(new byte[0]).with("deserializer.schemaType", "none")::format)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("one of hash, literal");
  }

  private void assertRefused(String deserializer, String reason) throws IOException {
    assertThatThrownBy(words("").with("deserializer", deserializer)::format)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("deserializer = " + deserializer)
        .hasMessageContaining(reason);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
