package dev.milvuso.server.http;

import dev.milvuso.action.EventIds;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserId;
import dev.milvuso.config.RecommendationConfig;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommended;
import dev.milvuso.server.recommend.Recommender;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * {@code GET /recommendations/{user_id}} and {@code GET /popular}: always 200, unless the request is wrong.
 *
 * @param served told of every list that was served to somebody
 * @param counters by tier, of lists that were served
 */
record GetRecommendations(
        Recommender recommender,
        Popular popular,
        Consumer<ServedList> served,
        EventIds ids,
        RecommendationConfig config,
        Clock clock,
        MeterRegistry metrics,
        ListAnswer answer,
        ConcurrentHashMap<String, Counter> counters) {
    private static final String[] PARAMETERS = {"num_recommendations", "category", "tags", "exclude_seen", "explain"};

    void personal(Context context) {
        UserId user = Parameters.path(context, "user_id", UserId::new);
        Query query = context.queryString() == null
                ? Query.of(config.topK())
                : Parameters.of(context, PARAMETERS).query(config.topK(), config.maxItems());
        Recommendation made = recommender.recommend(user, query);
        UUID request = ids.uuid();
        long now = clock.millis();
        context.contentType("application/json").result(answer.of(user, request, made, now));
        if (!made.items().isEmpty() && !context.method().equals(HandlerType.HEAD)) {
            shown(user, request, made, now);
        }
    }

    private void shown(UserId user, UUID request, Recommendation made, long now) {
        // Nobody looks at the five-hundredth: what lies further down would only be counted as refused.
        int count = Math.min(made.items().size(), config.shownItems());
        List<ServedList.Shown> shown = new ArrayList<>(count);
        for (Recommended each : made.items().subList(0, count)) {
            shown.add(new ServedList.Shown(each.item(), each.probability()));
        }
        served.accept(new ServedList(
                new RequestId(request.toString()), user, made.modelVersion(), Instant.ofEpochMilli(now), shown));
        counters.computeIfAbsent(made.tier(), this::counter).increment();
    }

    /** @param tier says the source too: what is not personal comes from the fallback */
    private Counter counter(String tier) {
        String source = tier.equals(Recommendation.FALLBACK) ? "popular" : "personal";
        return metrics.counter("milvuso.recommendations.served", "tier", tier, "source", source);
    }

    void popular(Context context) {
        Query query = Parameters.of(context, "num_recommendations", "category", "tags")
                .query(config.topK(), config.maxItems());
        context.contentType("application/json").result(answer.of(recommender.impersonal(popular, query)));
    }
}
