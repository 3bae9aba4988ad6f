package dev.milvuso.server;

import dev.milvuso.action.UserEvent;
import dev.milvuso.server.sequence.Sequences;
import dev.milvuso.server.sync.kafka.Start;
import dev.milvuso.server.sync.kafka.TopicFollower;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts at the start what followed what in the past, up to where {@link Following} begins. Nobody waits for it: until
 * it is done lists go by taste alone.
 */
final class PastSequences implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PastSequences.class);

    private final TopicFollower<UserEvent> past;

    PastSequences(Surroundings around, String client, Sequences sequences) {
        Instant present = around.clock().instant().minus(Following.UNSETTLED);
        past = new TopicFollower<>(
                () -> around.kafka().consumer(client),
                around.config().topics().userActions(),
                Start.last(around.config().sequence().readBack()),
                sequences.listener(),
                TopicFollower.from(present),
                // The joiner puts them aside.
                (reader, malformed, reason) -> LOG.debug("a record of user_actions is not counted: {}", reason));
    }

    void start() {
        past.catchUp();
    }

    @Override
    public void close() {
        past.close();
    }
}
