package dev.milvuso.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.action.UserId;
import dev.milvuso.config.RecommendationConfig;
import dev.milvuso.server.action.Overloaded;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommender;
import dev.milvuso.server.rules.ItemFilters;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * {@code POST /recommendations}: lists for many users at once, in their order. They are not counted as shown. Who is
 * not served when time is over is named under {@code unfinished}.
 *
 * @param threads few, so that batches leave room for visitors
 */
record BatchRecommendations(
        Recommender recommender,
        JsonReader reader,
        ItemFilters filters,
        RecommendationConfig config,
        ListAnswer answer,
        ExecutorService threads,
        Clock clock)
        implements Handler {
    static final int MOST_USERS = 1000;

    /** Lists times items of one answer. */
    private static final int MOST_ITEMS = 100_000;

    private static final Duration TIME = Duration.ofSeconds(10);

    private record Batch(List<UserId> users, Query query) {}

    @Override
    public void handle(Context context) {
        Batch batch = reader.one(context, this::read);
        try {
            Answers.later(
                    context,
                    CompletableFuture.supplyAsync(() -> lists(batch), threads),
                    bytes -> context.contentType("application/json").result(bytes));
        } catch (RejectedExecutionException e) {
            throw new Overloaded("too many batches wait: send fewer at a time");
        }
    }

    private Batch read(Fields fields) {
        Query query = new QueryBody(filters, config.topK(), config.maxItems()).read(fields);
        List<UserId> users = users(fields);
        if ((long) users.size() * query.count() > MOST_ITEMS) {
            fields.fault("users", "times " + Parameters.COUNT + " must be at most " + MOST_ITEMS);
        }
        return new Batch(users, query);
    }

    private static List<UserId> users(Fields fields) {
        Optional<JsonNode> node = fields.find("users");
        List<UserId> users = new ArrayList<>();
        if (node.isEmpty()
                || !node.get().isArray()
                || node.get().isEmpty()
                || node.get().size() > MOST_USERS) {
            fields.fault("users", "must be an array of 1 to " + MOST_USERS + " user ids");
            return users;
        }
        for (int i = 0; i < node.get().size(); i++) {
            JsonNode user = node.get().get(i);
            try {
                users.add(new UserId(user.isTextual() ? user.textValue() : ""));
            } catch (IllegalArgumentException e) {
                fields.fault("users[" + i + "]", Fields.message("user_id", e));
            }
        }
        return users;
    }

    private byte[] lists(Batch batch) {
        long end = System.nanoTime() + TIME.toNanos();
        List<byte[]> lists = new ArrayList<>();
        List<UserId> unfinished = new ArrayList<>();
        for (UserId user : batch.users()) {
            if (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
                lists.add(answer.of(user, recommender.recommend(user, batch.query()), clock.millis()));
            } else {
                unfinished.add(user);
            }
        }
        return answer.of(lists, unfinished);
    }
}
