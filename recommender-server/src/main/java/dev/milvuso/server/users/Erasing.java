package dev.milvuso.server.users;

import dev.milvuso.action.Erasure;
import dev.milvuso.action.UserId;
import dev.milvuso.server.action.ActionLog;
import dev.milvuso.server.catalogue.RecordCalls;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Erases a user: first the record, with the marker that outlasts everything; then the log, for whoever follows it; then
 * this instance. A failure leaves it to be asked for again, which does no harm.
 *
 * @param forget makes this instance forget the user
 */
public record Erasing(UserRecord record, RecordCalls calls, ActionLog log, Consumer<Erasure> forget, Clock clock) {
    /** @return done when the record is gone and the log says so durably */
    public CompletableFuture<Void> erase(UserId user) {
        return calls.call(() -> {
                    record.erase(user);
                    return new Erasure(user, clock.instant());
                })
                .thenCompose(erasure -> log.append(erasure).thenRun(() -> forget.accept(erasure)));
    }
}
