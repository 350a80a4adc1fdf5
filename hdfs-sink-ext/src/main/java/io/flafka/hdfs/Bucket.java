package io.flafka.hdfs;

/**
 * Where an event goes: a directory, and how the names of the files in it begin.
 *
 * @param known false if the event lacked what the path asks for, so that this is the bucket for
 *     such events
 */
record Bucket(String directory, String prefix, boolean known) {}
