package dev.milvuso.server.http;

import dev.milvuso.action.EventIds;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserId;
import dev.milvuso.config.RecommendationConfig;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommended;
import dev.milvuso.server.recommend.Recommender;
import dev.milvuso.server.rules.ItemFilters;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * {@code GET} and {@code POST /recommendations/{user_id}}: always 200, unless the request is wrong. What is posted is
 * the question, for those that are too long for an address.
 *
 * @param instance under which lists are logged
 * @param served told of every list that was served to somebody
 */
record GetRecommendations(
        Recommender recommender,
        Consumer<ServedList> served,
        EventIds ids,
        RecommendationConfig config,
        String instance,
        Clock clock,
        MeterRegistry metrics,
        ListAnswer answer,
        JsonReader reader,
        ItemFilters filters) {
    static final String[] PARAMETERS = {
        Parameters.COUNT,
        "category",
        "tags",
        "filter",
        "exclude",
        "exclude_seen",
        "context_item",
        "diversity",
        "explain"
    };

    void get(Context context) {
        UserId user = Parameters.path(context, "user_id", UserId::new);
        answer(
                context,
                user,
                Parameters.of(context, PARAMETERS).query(Parameters.COUNT, config.topK(), config.maxItems(), filters));
    }

    void post(Context context) {
        UserId user = Parameters.path(context, "user_id", UserId::new);
        QueryBody body = new QueryBody(filters, config.topK(), config.maxItems());
        answer(context, user, reader.one(context, body::read));
    }

    private void answer(Context context, UserId user, Query query) {
        Recommendation made = recommender.recommend(user, query);
        context.contentType("application/json");
        context.result(show(user, made, !context.method().equals(HandlerType.HEAD)));
    }

    /**
     * Writes a list that somebody gets to see.
     *
     * @param counts whether they do
     */
    byte[] show(UserId user, Recommendation made, boolean counts) {
        UUID request = ids.uuid();
        long now = clock.millis();
        if (counts && !made.items().isEmpty()) {
            shown(user, request, made, now);
        }
        return answer.of(user, request, made, now);
    }

    private void shown(UserId user, UUID request, Recommendation made, long now) {
        // Nobody looks at the five-hundredth: what lies further down would only be counted as refused.
        int count = Math.min(made.items().size(), config.shownItems());
        List<ServedList.Shown> shown = new ArrayList<>(count);
        for (Recommended each : made.items().subList(0, count)) {
            shown.add(new ServedList.Shown(each.item(), each.probability(), each.source(), ""));
        }
        served.accept(new ServedList(
                new RequestId(request.toString()),
                user,
                made.modelVersion(),
                Instant.ofEpochMilli(now),
                shown,
                new ServedList.Origin(instance, Map.of(), false)));
        String source = made.isPersonal() ? "personal" : "popular";
        metrics.counter("milvuso.recommendations.served", "tier", made.tier(), "source", source)
                .increment();
    }
}
