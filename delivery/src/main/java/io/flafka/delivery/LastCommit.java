package io.flafka.delivery;

import java.util.Optional;

/**
 * What a channel knows of a stream's last commit.
 *
 * @param offset where the stream goes on
 * @param note what {@link Participant#prepare} returned for it; empty if another program committed
 *     it, or an operator reset the stream
 */
public record LastCommit(long offset, Optional<String> note) {}
