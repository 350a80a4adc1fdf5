/**
 * Which files wait, and which is next.
 *
 * <p>{@link io.flafka.spooldir.find.Discovery} hands them out. What changes in a directory is heard
 * of through a {@link io.flafka.spooldir.find.DirectoryWatch}; a {@link
 * io.flafka.spooldir.find.SpoolListing} asks the file system for all of it, at the start and where
 * something may have been missed. Either way a name has to pass the {@link
 * io.flafka.spooldir.find.NameFilter} and the {@link io.flafka.spooldir.find.Readiness}.
 */
@NullMarked
package io.flafka.spooldir.find;

import org.jspecify.annotations.NullMarked;
