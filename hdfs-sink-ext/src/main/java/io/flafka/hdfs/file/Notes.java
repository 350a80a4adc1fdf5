package io.flafka.hdfs.file;

/** Is told which files come into use, and which have landed or are gone. */
public interface Notes {
  /** Remembers nothing. */
  Notes NONE =
      new Notes() {
        @Override
        public void opening(FileNames.Names names) {}

        @Override
        public void done(FileNames.Names names) {}
      };

  /** Notes a file that is about to be created. */
  void opening(FileNames.Names names);

  /** Notes that a file has its final name, or is gone. A note that stays does no harm. */
  void done(FileNames.Names names);
}
