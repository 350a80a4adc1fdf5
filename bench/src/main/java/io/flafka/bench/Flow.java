package io.flafka.bench;

import java.io.IOException;

/**
 * What the lines of one trial flow through: a spooling directory, a topic, and a folder in HDFS.
 *
 * @param id the topic, the group that it is taken from as, and the names of the others
 */
record Flow(String id, SpoolFolder spool, Topics topics, LandedFolder landed)
    implements AutoCloseable {
  /** Makes one that is empty. */
  static Flow create(Rig rig, String id) throws IOException {
    rig.topics().createTopic(id);
    SpoolFolder spool = SpoolFolder.create(rig.folder(id).resolve("spool"));
    return new Flow(id, spool, rig.topics(), rig.warehouse().folder(id));
  }

  /** Deletes all of it. */
  @Override
  public void close() {
    topics.offsets().deleteTopic(id);
    landed.delete();
    spool.delete();
  }
}
