package io.flafka.spooldir;

import org.jspecify.annotations.Nullable;

/**
 * A file's part of a batch.
 *
 * @param start where it begins in the file, as the format counts
 * @param end just past it
 * @param consumed how much of the file has been read, bytes
 * @param ending whether the file ends there; null if it goes on
 */
record Segment(FileInProgress file, long start, long end, long consumed, @Nullable Ending ending) {}
