package io.flafka.hdfs.compression;

import java.io.IOException;
import java.io.OutputStream;

/** A way to compress files. For several threads. */
public sealed interface Codec permits HadoopCodec, ParallelGzip, ZstdCodec {
  /** What the names of such files end in, with its dot; by it Hadoop knows how to read them. */
  String extension();

  /** Begins to compress into a file; nothing is written before the first content. */
  Members open(OutputStream file) throws IOException;
}
