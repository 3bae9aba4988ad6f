package dev.milvuso.server;

import dev.milvuso.action.Action;
import dev.milvuso.action.ActionType;
import dev.milvuso.action.Erasure;
import dev.milvuso.action.UserEvent;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.kafka.Removals;
import dev.milvuso.server.action.EventStream;
import dev.milvuso.server.action.kafka.LogWriter;
import dev.milvuso.server.sync.kafka.PutAsideOnce;
import dev.milvuso.server.sync.kafka.Start;
import dev.milvuso.server.sync.kafka.TopicFollower;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics that tell this server what users did and what was learned of it. */
final class Following implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    /** How far back actions are read at the start: those may not have come into PostgreSQL yet. */
    static final Duration UNSETTLED = Duration.ofMinutes(5);

    private final TopicFollower<UserEvent> actions;
    private final TopicFollower<EmbeddingRecord> embeddings;

    /**
     * @param client name of the consumers
     * @param events told of what is on the log and did not come from here
     */
    Following(Surroundings around, String client, LogWriter log, EventStream events, Serving serving) {
        actions = new TopicFollower<>(
                () -> around.kafka().patientConsumer(client + "-actions"),
                around.config().topics().userActions(),
                Start.since(around.clock().instant().minus(UNSETTLED)),
                events::happened,
                log.origin()::isTold,
                // The joiner puts them aside.
                (reader, malformed, reason) -> LOG.debug("a record of user_actions is passed over: {}", reason));
        embeddings = new TopicFollower<>(
                () -> around.kafka().consumer(PutAsideOnce.GROUP, client + "-embeddings"),
                around.config().topics().embeddings(),
                Start.earliest(),
                serving::learned,
                tombstone -> serving.removed(Removals.decode(tombstone)),
                record -> false,
                new PutAsideOnce(log.deadLetters()));
        events.listen(event -> happened(event, serving));
    }

    private static void happened(UserEvent event, Serving serving) {
        if (event instanceof Action action && !action.type().equals(ActionType.IMPRESSION)) {
            serving.acted(action);
        } else if (event instanceof Erasure erasure) {
            serving.forget(erasure);
        }
    }

    void start() {
        actions.start();
        embeddings.start();
    }

    /** Whether both have been read up to the present. */
    boolean caughtUp() {
        return embeddings.caughtUp() && actions.caughtUp();
    }

    @Override
    public void close() {
        embeddings.close();
        actions.close();
    }
}
