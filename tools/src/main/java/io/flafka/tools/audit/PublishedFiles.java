package io.flafka.tools.audit;

import io.flafka.hdfs.exactlyonce.LandingRecords;
import io.flafka.hdfs.exactlyonce.Manifest;
import java.io.IOException;

/** Looks whether files are where they were published, and as long as they were. */
final class PublishedFiles {
  private final LandingRecords records;
  private final Bounded<String> named = new Bounded<>();
  private long missing;
  private long changed;

  PublishedFiles(LandingRecords records) {
    this.records = records;
  }

  void look(Manifest.Landed file) throws IOException {
    long length = records.length(file.published());
    if (length == file.bytes()) {
      return;
    }
    if (length < 0) {
      missing++;
      named.add(file.published() + " is not there");
    } else {
      changed++;
      named.add(file.published() + " has " + length + " bytes instead of " + file.bytes());
    }
  }

  Report.Files found() {
    return new Report.Files(missing, changed, named.first());
  }
}
