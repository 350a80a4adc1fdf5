package io.flafka.hdfs.file;

import io.flafka.hdfs.bucket.Bucket;
import io.flafka.hdfs.cargo.RollReason;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The files that take events: at most one for a bucket, and so many in all. For one thread. */
public final class OpenFiles {
  private final int limit;
  // In the order of their last use.
  private final Map<Bucket, BucketFile> files = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable BucketFile last;

  public OpenFiles(int limit) {
    this.limit = limit;
  }

  public @Nullable BucketFile find(Bucket bucket) {
    BucketFile file = last;
    if (file == null || !file.bucket().equals(bucket)) {
      file = files.get(bucket);
      last = file;
    }
    return file;
  }

  public boolean isAtLimit() {
    return files.size() >= limit;
  }

  public void add(BucketFile file) {
    files.put(file.bucket(), file);
    last = file;
  }

  public void remove(BucketFile file) {
    files.remove(file.bucket(), file);
    last = null;
  }

  /** Takes out the one that was not used for the longest time. There must be one. */
  public BucketFile removeEldest() {
    BucketFile eldest = files.values().iterator().next();
    remove(eldest);
    return eldest;
  }

  public int size() {
    return files.size();
  }

  public long bytes() {
    return files.values().stream().mapToLong(BucketFile::bytes).sum();
  }

  /** Takes out those whose time is over, and says why of each. */
  public List<BucketFile> removeOver(RollPolicy policy, long now, Consumer<RollReason> reasons) {
    List<BucketFile> over = new ArrayList<>();
    for (Iterator<BucketFile> each = files.values().iterator(); each.hasNext(); ) {
      BucketFile file = each.next();
      RollReason reason = file.over(policy, now);
      if (reason != null) {
        reasons.accept(reason);
        each.remove();
        over.add(file);
      }
    }
    last = null;
    return over;
  }

  public List<BucketFile> removeAll() {
    List<BucketFile> all = List.copyOf(files.values());
    files.clear();
    last = null;
    return all;
  }
}
