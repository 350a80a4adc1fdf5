package io.flafka.spooldir;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/** Opens files for reading. */
interface FileOpener {
  SeekableByteChannel open(Path file) throws IOException;
}
