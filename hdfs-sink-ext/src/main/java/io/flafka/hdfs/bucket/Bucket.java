package io.flafka.hdfs.bucket;

/**
 * Where an event goes: a directory, and how the names of the files in it begin.
 *
 * @param known false if the event lacked what the path asks for, so that this is the bucket for
 *     such events
 */
public record Bucket(String directory, String prefix, boolean known) {}
