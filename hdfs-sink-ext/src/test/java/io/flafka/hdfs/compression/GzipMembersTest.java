package io.flafka.hdfs.compression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.file.Sync;
import io.flafka.testbed.Await;
import io.flafka.testbed.weblogs.WeblogGenerator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.io.compress.GzipCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GzipMembersTest {
  private static final int BLOCK = Block.SIZE;
  private static final byte[] LINES = lines(10 * BLOCK);

  private final String name = UUID.randomUUID().toString();
  private final AtomicInteger deflaters = new AtomicInteger();
  private final AtomicInteger mostDeflaters = new AtomicInteger();
  private final CountDownLatch goOn = new CountDownLatch(1);

  /** A deflater that is counted as long as it holds memory. */
  private class Counted extends Deflater {
    private boolean ended;

    Counted() {
      super(DEFAULT_COMPRESSION, true);
      int now = deflaters.incrementAndGet();
      mostDeflaters.accumulateAndGet(now, Math::max);
    }

    @Override
    public void end() {
      if (!ended) {
        ended = true;
        deflaters.decrementAndGet();
      }
      super.end();
    }
  }

  /** One that does something first, if it is one of the sink's threads that uses it. */
  private final class Disturbed extends Counted {
    private final Runnable disturbance;

    Disturbed(Runnable disturbance) {
      this.disturbance = disturbance;
    }

    @Override
    public int deflate(byte[] output, int offset, int length, int flush) {
      if (Thread.currentThread().getName().startsWith(name)) {
        disturbance.run();
      }
      return super.deflate(output, offset, length, flush);
    }
  }

  @AfterEach
  void nothingIsLeft() {
    goOn.countDown();
    Await.until("threads end", Duration.ofSeconds(5), () -> threads() == 0);
    assertThat(deflaters).hasValue(0);
  }

  private long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .count();
  }

  private ParallelGzip gzip(int threads) {
    return new ParallelGzip(name, threads, Counted::new);
  }

  private ParallelGzip disturbed(int threads, Runnable disturbance) {
    return new ParallelGzip(name, threads, () -> new Disturbed(disturbance));
  }

  /** Its threads wait until they may go on. */
  private ParallelGzip halted(int threads) {
    return disturbed(
        threads,
        () -> {
          try {
            goOn.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static byte[] lines(int length) {
    WeblogGenerator weblog = new WeblogGenerator(7, 100_000);
    StringBuilder lines = new StringBuilder();
    while (lines.length() < length) {
      lines.append(weblog.next()).append('\n');
    }
    return Arrays.copyOf(lines.toString().getBytes(UTF_8), length);
  }

  private static byte[] noise(int length, long seed) {
    byte[] noise = new byte[length];
    new Random(seed).nextBytes(noise);
    return noise;
  }

  private static byte[] compressed(Codec codec, byte[]... contents) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (Members members = codec.open(file)) {
      for (byte[] content : contents) {
        Random random = new Random(content.length);
        for (int at = 0; at < content.length; ) {
          int count = Math.min(random.nextInt(40_000), content.length - at);
          members.write(content, at, count);
          at += count;
        }
        members.end();
      }
    }
    return file.toByteArray();
  }

  private static void assertReads(byte[] stored, byte[] content) throws IOException {
    try (InputStream java = new GZIPInputStream(new ByteArrayInputStream(stored))) {
      assertThat(Arrays.equals(java.readAllBytes(), content)).isTrue();
    }
    GzipCodec codec = new GzipCodec();
    codec.setConf(new Configuration());
    try (InputStream hadoop = codec.createInputStream(new ByteArrayInputStream(stored))) {
      assertThat(Arrays.equals(hadoop.readAllBytes(), content)).isTrue();
    }
  }

  @Test
  void writesAMemberByTheStandard() throws Exception {
    assertThat(compressed(gzip(2), "a".getBytes(UTF_8)))
        .isEqualTo(
            HexFormat.of()
                .parseHex(
                    "1f8b08"
                        + "00"
                        + "00000000"
                        + "00"
                        + "ff"
                        + "4b0400"
                        + "43beb7e8"
                        + "01000000"));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 16_384, 16_385, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 7 * BLOCK + 4711})
  void readsBackWhateverTheSize(int size) throws Exception {
    for (byte[] content : List.of(Arrays.copyOf(LINES, size), noise(size, 7), new byte[size])) {
      byte[] stored = compressed(gzip(3), content);
      assertReads(stored, content);
      assertThat(compressed(gzip(1), content)).isEqualTo(stored);
    }
  }

  @Test
  void readsBackMembersOfAnySizes() throws Exception {
    Random random = new Random(7);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[][] contents = new byte[50][];
    for (int i = 0; i < contents.length; i++) {
      int from = random.nextInt(LINES.length);
      int size = Math.min(LINES.length - from, random.nextInt(3 * BLOCK));
      contents[i] = Arrays.copyOfRange(LINES, from, from + size);
      all.write(contents[i]);
    }
    assertReads(compressed(gzip(3), contents), all.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "9, 0", "-1, 1", "-1, 2", "1, 2"})
  void readsBackWhateverTheLevelAndTheStrategy(int level, int strategy) throws Exception {
    ParallelGzip gzip =
        new ParallelGzip(
            name,
            2,
            () -> {
              Deflater deflater = new Deflater(level, true);
              deflater.setStrategy(strategy);
              return deflater;
            });
    assertReads(compressed(gzip, LINES), LINES);
    byte[] noise = noise(5 * BLOCK, 7);
    assertReads(compressed(gzip, noise), noise);
  }

  @Test
  void makesContentAsSmallAsOneStreamDoes() throws Exception {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(whole)) {
      stream.write(LINES);
    }
    assertThat(compressed(gzip(2), LINES).length).isLessThan(whole.size() * 101 / 100);
  }

  /** Writes some files in turn, as a sink does, and reads them back. */
  private static Void interleave(Codec codec, int count, long seed) throws IOException {
    Random random = new Random(seed);
    List<ByteArrayOutputStream> files = new ArrayList<>();
    List<ByteArrayOutputStream> contents = new ArrayList<>();
    List<Members> writers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(new ByteArrayOutputStream());
      contents.add(new ByteArrayOutputStream());
      writers.add(codec.open(files.get(i)));
    }
    for (int i = 0; i < 40 * count; i++) {
      int file = random.nextInt(count);
      int from = random.nextInt(LINES.length - BLOCK);
      int length = random.nextInt(BLOCK);
      writers.get(file).write(LINES, from, length);
      contents.get(file).write(LINES, from, length);
    }
    for (int i = 0; i < count; i++) {
      writers.get(i).end();
      writers.get(i).close();
      assertReads(files.get(i).toByteArray(), contents.get(i).toByteArray());
    }
    return null;
  }

  @Test
  void manyFilesShareAFewDeflaters() throws Exception {
    interleave(gzip(2), 30, 7);
    assertThat(mostDeflaters).hasValueLessThanOrEqualTo(3);
  }

  @Test
  void filesAreWrittenByAnyNumberOfThreads() throws Exception {
    ParallelGzip gzip = gzip(2);
    ExecutorService crew = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        long seed = i;
        tasks.add(() -> interleave(gzip, 3, seed));
      }
      for (Future<Void> done : crew.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      crew.shutdown();
    }
  }

  @Test
  void oneThreadIsTheWritingOne() throws Exception {
    try (Members members = gzip(1).open(new ByteArrayOutputStream())) {
      members.write(LINES, 0, LINES.length);
      assertThat(threads()).isZero();
      assertThat(members.held()).isLessThanOrEqualTo(BLOCK);
    }
  }

  @Test
  void theThreadsAreDaemonsAndEndWithTheLastFile() throws Exception {
    ParallelGzip gzip = gzip(2);
    for (int i = 0; i < 3; i++) {
      try (Members one = gzip.open(new ByteArrayOutputStream())) {
        try (Members other = gzip.open(new ByteArrayOutputStream())) {
          other.write(LINES, 0, LINES.length);
        }
        one.write(LINES, 0, LINES.length);
        assertThat(threads()).isEqualTo(2);
        assertThat(
                Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith(name))
                    .allMatch(Thread::isDaemon))
            .isTrue();
      }
      Await.until("threads end", Duration.ofSeconds(5), () -> threads() == 0);
    }
  }

  @Test
  void aFileThatIsGivenUpGivesAllBack() throws Exception {
    ParallelGzip gzip = gzip(2);
    for (int i = 0; i < 30; i++) {
      Members members = gzip.open(new ByteArrayOutputStream());
      members.write(LINES, 0, i * LINES.length / 30);
      members.close();
      members.close();
      assertThat(deflaters).hasValue(0);
    }
    assertReads(compressed(gzip, LINES), LINES);
  }

  @Test
  void whatFailsInAThreadFailsTheFileForGood() throws Exception {
    for (Throwable failure : List.of(new IllegalStateException("broken"), new OutOfMemoryError())) {
      ParallelGzip gzip =
          disturbed(
              2,
              () -> {
                if (failure instanceof Error error) {
                  throw error;
                }
                throw (RuntimeException) failure;
              });
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      try (Members members = gzip.open(file)) {
        members.write(LINES, 0, BLOCK);
        members.write(LINES, BLOCK, BLOCK + 1);
        int stored = file.size();
        for (int i = 0; i < 3; i++) {
          assertThatThrownBy(members::end).isInstanceOf(IOException.class).hasCause(failure);
        }
        assertThatThrownBy(() -> members.write(LINES, 0, LINES.length))
            .isInstanceOf(IOException.class)
            .hasCause(failure);
        assertThat(file.size()).isEqualTo(stored);
      }
    }
  }

  @Test
  void noMoreBlocksAreUnderWayThanAllowedHoweverManyFilesAreOpen() throws Exception {
    ParallelGzip gzip = halted(2);
    List<Members> writers = new ArrayList<>();
    List<ByteArrayOutputStream> files = new ArrayList<>();
    long held = 0;
    for (int i = 0; i < 20; i++) {
      files.add(new ByteArrayOutputStream());
      writers.add(gzip.open(files.get(i)));
      // The first block is the writing thread's, the second may be another's; one byte stays.
      writers.get(i).write(LINES, 0, 2 * BLOCK + 1);
      held += writers.get(i).held();
    }
    assertThat(held).isEqualTo(4L * BLOCK + 20);
    goOn.countDown();
    for (int i = 0; i < 20; i++) {
      writers.get(i).end();
      writers.get(i).close();
      assertReads(files.get(i).toByteArray(), Arrays.copyOf(LINES, 2 * BLOCK + 1));
    }
  }

  @Test
  void whatThreadsFinishedWaitsForItsFileAndNotForEver() throws Exception {
    ParallelGzip gzip = gzip(2);
    List<Members> writers = new ArrayList<>();
    long held = 0;
    byte[] noise = noise(2 * BLOCK + 1, 7);
    for (int i = 0; i < 200; i++) {
      writers.add(gzip.open(new ByteArrayOutputStream()));
      writers.get(i).write(noise, 0, noise.length);
      held += writers.get(i).held() - 1;
    }
    // Noise stays as large as it is: 8 MB, and what was under way when they were reached.
    assertThat(held).isLessThanOrEqualTo((8 << 20) + 4L * BLOCK);
    for (Members writer : writers) {
      writer.close();
    }
    assertReads(compressed(gzip, LINES), LINES);
  }

  @Test
  void anInterruptedWriterWaitsAllTheSame() throws Exception {
    ParallelGzip gzip = gzip(2);
    Thread.currentThread().interrupt();
    byte[] stored = compressed(gzip, LINES, LINES);
    assertThat(Thread.interrupted()).isTrue();
    byte[] twice = Arrays.copyOf(LINES, 2 * LINES.length);
    System.arraycopy(LINES, 0, twice, LINES.length, LINES.length);
    assertReads(stored, twice);
  }

  @Test
  void tellsWhatIsStillUnderWay() throws Exception {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (FileOutput file = new FileOutput(new FSDataOutputStream(stored, null), Sync.HFLUSH)) {
      CompressedOutput output = new CompressedOutput(halted(3), file);
      int size = 7 * BLOCK; // One is written, and six are as many as may be under way.
      output.write(LINES, 0, size);
      output.write('x');
      long told = file.position() + output.pending();
      goOn.countDown();
      output.finish();
      assertThat(told).isBetween(file.position() * 95 / 100, file.position() * 105 / 100);
    }
  }
}
