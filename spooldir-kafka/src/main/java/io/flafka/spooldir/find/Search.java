package io.flafka.spooldir.find;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * What is looked for, and where.
 *
 * @param spoolDir absolute and normalized, as are all paths
 * @param without directories below it that hold no input
 * @param recursive whether its sub-directories count, too
 * @param pollDelay the least time between two looks at all of it
 */
public record Search(
    Path spoolDir,
    Set<Path> without,
    boolean recursive,
    NameFilter names,
    Readiness readiness,
    ConsumeOrder order,
    Duration pollDelay) {}
