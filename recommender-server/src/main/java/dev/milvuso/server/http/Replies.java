package dev.milvuso.server.http;

import dev.milvuso.server.collections.Reply;
import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;

/** Answers with what the vector store's operations reply, or why they refuse to. */
final class Replies {
    private Replies() {}

    /** When the reply is there; holds no thread until then. */
    static void answer(Context context, CompletableFuture<Reply> reply) {
        Answers.later(context, refusing(reply), done -> write(context, done));
    }

    /** A failure of the store as what it is to a client. */
    static <T> CompletableFuture<T> refusing(CompletableFuture<T> reply) {
        return reply.exceptionallyCompose(failure -> CompletableFuture.failedFuture(CollectionRoutes.refusal(failure)));
    }

    static void write(Context context, Reply done) {
        context.status(done.status());
        if (done.body().length > 0) {
            context.contentType("application/json").result(done.body());
        }
    }
}
