package io.flafka.spooldir.read;

/**
 * What a line is, beside what ends it.
 *
 * @param longest bytes in the file
 * @param overlong what to do with a longer one
 * @param strip whether a carriage return before the line's end is dropped; the limit doesn't count
 *     it then
 */
record LineLimit(int longest, Overlong overlong, boolean strip) {}
