package io.flafka.hdfs.format.parquet;

import io.flafka.weblog.line.Field;
import io.flafka.weblog.line.LineReader;
import io.flafka.weblog.line.Slice;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flume.Event;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Takes lines apart, straight into columns: no text and no object of Avro's between. */
final class WeblogRows implements Rows {
  // In the order of the schema's columns.
  private static final Field[] BEFORE_TIME = {Field.HOST, Field.USER};
  private static final int TIME = 2;
  private static final Field[] REQUEST = {Field.METHOD, Field.PATH, Field.QUERY, Field.PROTOCOL};
  private static final int STATUS = 7;
  private static final int BYTES = 8;
  private static final Field[] AFTER_BYTES = {Field.REFERER, Field.USER_AGENT};
  private static final int RAW = 11;

  /** As many digits as always fit into a long. */
  private static final int DIGITS = 18;

  private static final int STATUS_DIGITS = 3;

  private final WeblogContent.Raw raw;
  private final LineReader reader;
  private final Slice slice = new Slice();
  private final Utf8 utf8 = new Utf8();
  private @Nullable ColumnWriteStore store;
  private ColumnWriter[] columns = {};
  private boolean tellsAll;

  // Neighbours mostly have the same.
  private String timestamp = "";
  private long millis;

  WeblogRows(WeblogContent content) {
    this.raw = content.raw();
    Set<Field> wanted = EnumSet.allOf(Field.class);
    wanted.retainAll(content.format().fields());
    this.reader = content.format().reader(wanted);
  }

  @Override
  public MessageType schema() {
    return WeblogContent.SCHEMA;
  }

  @Override
  public Map<String, String> metadata() {
    return Map.of();
  }

  /** Whole lines hardly repeat, and nobody looks for the least of them. */
  @Override
  public void tune(ParquetProperties.Builder properties) {
    properties
        .withDictionaryEncoding(WeblogContent.RAW, false)
        .withStatisticsEnabled(WeblogContent.RAW, false);
  }

  @Override
  public void begin(ColumnWriteStore store) {
    this.store = store;
    columns =
        schema().getColumns().stream().map(store::getColumnWriter).toArray(ColumnWriter[]::new);
  }

  @Override
  public void flush() {}

  @Override
  public void add(Event event) {
    byte[] line = event.getBody();
    boolean fits = reader.read(line) == null;
    tellsAll = fits && reader.tellsAll();
    if (fits) {
      utf8.line(line);
      addFields();
    } else {
      for (int i = 0; i < RAW; i++) {
        if (i != TIME) {
          columns[i].writeNull(0, 0);
        }
      }
    }
    addTime();
    if (raw == WeblogContent.Raw.ALWAYS || !tellsAll) {
      columns[RAW].write(Binary.fromReusedByteArray(line, 0, line.length), 0, 1);
    } else {
      columns[RAW].writeNull(0, 0);
    }
    Objects.requireNonNull(store).endRecord();
  }

  private void addFields() {
    int column = 0;
    for (Field field : BEFORE_TIME) {
      addText(column++, field);
    }
    column++;
    for (Field field : REQUEST) {
      addText(column++, field);
    }
    addStatus();
    addBytes();
    column += 2;
    for (Field field : AFTER_BYTES) {
      addText(column++, field);
    }
    boolean isRequest = !reader.find(Field.REQUEST, slice) || reader.find(Field.METHOD, slice);
    tellsAll &= isRequest && !reader.find(Field.IDENT, slice);
  }

  private void addTime() {
    String text = reader.timestamp();
    if (text == null) {
      columns[TIME].writeNull(0, 0);
      return;
    }
    if (!text.equals(timestamp)) {
      timestamp = text;
      millis = Long.parseLong(text);
    }
    columns[TIME].write(millis, 0, 1);
  }

  private void addText(int column, Field field) {
    if (!reader.find(field, slice)) {
      columns[column].writeNull(0, 0);
      return;
    }
    Binary text = utf8.of(slice);
    tellsAll &= utf8.isFaithful();
    columns[column].write(text, 0, 1);
  }

  private void addStatus() {
    long status = number(Field.STATUS, STATUS_DIGITS);
    if (status < 0) {
      columns[STATUS].writeNull(0, 0);
    } else {
      columns[STATUS].write((int) status, 0, 1);
    }
  }

  private void addBytes() {
    long bytes = number(Field.BYTES, DIGITS);
    if (bytes < 0) {
      columns[BYTES].writeNull(0, 0);
    } else {
      columns[BYTES].write(bytes, 0, 1);
    }
  }

  /** The number that a field is; -1 if it is absent, or none that fits. */
  private long number(Field field, int most) {
    if (!reader.find(field, slice)) {
      return -1;
    }
    long number = 0;
    boolean fits = slice.length() <= most;
    for (int i = 0; i < slice.length() && fits; i++) {
      int digit = slice.array()[slice.start() + i] - '0';
      fits = digit >= 0 && digit <= 9;
      number = 10 * number + digit;
    }
    tellsAll &= fits;
    return fits ? number : -1;
  }
}
