package io.flafka.hdfs.faults;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;

/** A {@link FaultyFileSystem}, as a FileContext sees it. */
public final class FaultyFileContext extends DelegateToFileSystem {
  public FaultyFileContext(URI uri, Configuration conf) throws IOException, URISyntaxException {
    super(uri, initialised(uri, conf), conf, "faulty", true);
  }

  private static FaultyFileSystem initialised(URI uri, Configuration conf) throws IOException {
    FaultyFileSystem files = new FaultyFileSystem();
    files.initialize(uri, conf);
    return files;
  }
}
