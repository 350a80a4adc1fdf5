package io.flafka.hdfs.format.parquet;

/**
 * How much of a file a byte of events makes, as row groups have shown. For any number of threads.
 */
final class Density {
  private static final double UNKNOWN = -1;

  private volatile double density = UNKNOWN;

  void learn(long bytes, long stored) {
    if (bytes > 0) {
      density = (double) stored / bytes;
    }
  }

  /**
   * What bytes of events will be in the file.
   *
   * @param most what is answered as long as nothing is known
   */
  long stored(long bytes, long most) {
    double known = density;
    return known < 0 ? most : (long) (bytes * known);
  }
}
