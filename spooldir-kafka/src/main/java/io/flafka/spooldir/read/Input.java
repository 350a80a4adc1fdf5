package io.flafka.spooldir.read;

import java.nio.file.Path;
import java.util.Map;

/**
 * One instance of a file, and where to go on in it.
 *
 * @param size of the file, bytes; what a writer adds meanwhile is not looked at
 * @param stream names the instance in the positions of its events
 * @param offset the end of the last event that was delivered, as the format counts; 0 for none
 * @param headers of every event of the file; unmodifiable
 */
public record Input(
    Path file, long size, String stream, long offset, Map<String, String> headers) {}
