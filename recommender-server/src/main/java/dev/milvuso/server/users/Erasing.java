package dev.milvuso.server.users;

import dev.milvuso.action.Erasure;
import dev.milvuso.action.UserId;
import dev.milvuso.server.action.ActionLog;
import dev.milvuso.server.catalogue.RecordCalls;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases a user: first the record, with the marker that outlasts everything; then the vector in the vector store, from
 * which memory would have it again; then the log, for whoever follows it; then this instance. A failure leaves it to be
 * asked for again, which does no harm; a vector store that is away is left to {@link ErasedVectors}.
 *
 * @param calls that wait for the record
 * @param vectors takes a user's vector out of the vector store
 * @param vectorCalls that wait for that
 * @param forget makes this instance forget the user
 */
public record Erasing(
        UserRecord record,
        RecordCalls calls,
        Consumer<UserId> vectors,
        RecordCalls vectorCalls,
        ActionLog log,
        Consumer<Erasure> forget,
        Clock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(Erasing.class);

    /** @return done when the record is gone and the log says so durably */
    public CompletableFuture<Void> erase(UserId user) {
        return calls.call(() -> {
                    record.erase(user);
                    return new Erasure(user, clock.instant());
                })
                .thenCompose(erasure -> takenOut(user)
                        .thenCompose(unused -> log.append(erasure))
                        .thenRun(() -> forget.accept(erasure)));
    }

    private CompletableFuture<Boolean> takenOut(UserId user) {
        return vectorCalls
                .call(() -> {
                    vectors.accept(user);
                    return true;
                })
                .exceptionally(failure -> {
                    LOG.debug("an erased user's vector is taken out of the vector store later", failure);
                    return false;
                });
    }
}
